#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Natter as a Flatpak: made, handed out, installed, and at work in its sandbox."""
import functools
import http.server
import json
import os
import re
import subprocess
import sys
import threading

CHECKOUT = os.environ['NATTER_CHECKOUT']
sys.path.insert(0, os.path.join(CHECKOUT, 'tests', 'ui'))
import driver  # pylint: disable=wrong-import-position,import-error # where it lives is known only now

MANIFEST = os.path.join(CHECKOUT, 'build-aux', 'dev.natter.Natter.json')
WORK = os.environ['NATTER_FLATPAK']
ID = 'dev.natter.Natter'
NAME = 'harbour_cat'
PASSWORD = 'seven-small-boats'
TEXT = 'Hello from inside a sandbox!'

# All that Natter may have. Nothing may be added without somebody noticing. Beside fallback-x11 stands x11, for
# a flatpak so old that it knows nothing of a fallback.
PERMISSIONS = {'shared': 'ipc;network;', 'sockets': 'fallback-x11;pulseaudio;wayland;x11;', 'devices': 'dri;'}


def run(*command, check=True, **options):
    done = subprocess.run(command, capture_output=True, text=True, check=False, **options)
    if check and done.returncode != 0:
        raise AssertionError(f'{" ".join(command)} ended with {done.returncode}:\n{done.stdout[-3000:]}{done.stderr[-3000:]}')
    return done


def flatpak(*arguments, check=True):
    return run('flatpak', '--user', *arguments, check=check)


def inside(script, check=True):
    """Runs a shell script where Natter runs."""
    return flatpak('run', '--command=sh', ID, '-c', script, check=check)


def clean_up():
    """The runtimes stay for the next time, and nothing else."""
    flatpak('uninstall', '--noninteractive', ID, check=False)
    for remote in flatpak('remotes', '--columns=name', check=False).stdout.split():
        flatpak('remote-delete', '--force', remote, check=False)


class Sandboxed(driver.Program):
    """Natter in its sandbox, where its process has another number and the bus sees a proxy of it."""

    def __init__(self):
        super().__init__(None)

    def _start(self, arguments, environment):
        return subprocess.Popen(['flatpak', '--user', 'run', ID], env=environment)

    def _x_window(self):
        found = run('xdotool', 'search', '--onlyvisible', '--class', '^natter$', check=False).stdout.split()
        return found[-1] if found else None

    def _is_ours(self, application):
        return application.get_name() == 'natter'

    def stop(self):
        run('flatpak', 'kill', ID, check=False)
        super().stop()


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A web host as plain as can be."""

    def log_message(self, *_arguments):  # pylint: disable=arguments-differ
        pass


class Flatpak:
    def __init__(self):
        self.server = driver.Server('--auth', 'cracked', '--seed', os.environ['NATTER_TEST_SEED'])
        self.program = None
        self.web = http.server.ThreadingHTTPServer(('127.0.0.1', 0), functools.partial(Quiet, directory=WORK))
        threading.Thread(target=self.web.serve_forever, daemon=True).start()
        self.url = f'http://127.0.0.1:{self.web.server_port}'

    def make(self):
        """The manifest builds without network, and gives a file and a repository that are signed"""
        run(os.path.join(CHECKOUT, 'build-aux', 'lib', 'flatpak-stand-in'), MANIFEST)
        os.environ['GNUPGHOME'] = os.path.join(os.environ['HOME'], 'gnupg')
        os.mkdir(os.environ['GNUPGHOME'], 0o700)
        run('gpg', '--batch', '--passphrase', '', '--quick-generate-key', 'test@natter.invalid', 'default', 'sign', 'never')
        made = run(os.path.join(CHECKOUT, 'build-aux', 'lib', 'flatpak-bundle'), '--url', self.url, '--key', 'test@natter.invalid', WORK)
        print('#', next(line for line in made.stdout.splitlines() if line.startswith('left out')))

    def permissions(self):
        """It asks for the network, a display and sound, and for nothing else"""
        clean_up()
        flatpak('install', '--noninteractive', '--no-deps', os.path.join(WORK, 'natter.flatpak'))
        metadata = {}
        for line in flatpak('info', '--show-permissions', ID).stdout.splitlines():
            if '=' in line:
                key, value = line.split('=', 1)
                metadata[key] = ''.join(f'{word};' for word in sorted(value.strip(';').split(';')))
        assert metadata == PERMISSIONS, metadata

    def pinned(self):
        """What the runtime lacks is pinned by archive and checksum"""
        with open(MANIFEST, encoding='utf-8') as file:
            modules = json.load(file)['modules']
        assert [module['name'] for module in modules] == ['gtksourceview', 'libspelling', 'natter'], modules
        for source in [source for module in modules[:-1] for source in module['sources']]:
            assert source['type'] == 'archive' and source['url'].startswith('https://'), source
            assert re.fullmatch(r'[0-9a-f]{64}', source['sha256']), source

    def from_file(self):
        """Installed from the file it starts, and speaks every language that it knows"""
        assert flatpak('run', ID, '--version').stdout.startswith('Natter '), 'no version'
        with open(os.path.join(CHECKOUT, 'po', 'LINGUAS'), encoding='utf-8') as file:
            languages = [line.strip() for line in file if line.strip() and not line.startswith('#')]
        for language in languages:
            inside(f'test -s /app/share/locale/{language}/LC_MESSAGES/natter.mo')
        exported = os.path.join(os.environ['FLATPAK_USER_DIR'], 'exports', 'share')
        for path in ('dbus-1/services/dev.natter.Natter.service', 'gnome-shell/search-providers/dev.natter.Natter.search-provider.ini'):
            assert os.path.exists(os.path.join(exported, path)), f'the desktop gets no {path}'

    def from_repository(self):
        """Installed from the repository it starts, and updates come from there"""
        flatpak('uninstall', '--noninteractive', ID)
        flatpak('install', '--noninteractive', '--no-deps', '--from', f'{self.url}/natter.flatpakref')
        assert flatpak('run', ID, '--version').stdout.startswith('Natter '), 'no version'
        assert 'natter' in flatpak('info', '--show-origin', ID).stdout
        flatpak('update', '--noninteractive', '--no-deps', ID)
        flatpak('remote-add', '--if-not-exists', 'by-repo-file', f'{self.url}/natter.flatpakrepo')
        assert ID in flatpak('remote-ls', 'by-repo-file').stdout

    def no_files(self):
        """No file of the home folder can be reached"""
        note = os.path.join(os.environ['HOME'], 'diary')
        with open(note, 'w', encoding='utf-8') as file:
            file.write('dear diary')
        # Hidden folders of the sandbox's own have the same names.
        here = {name for name in os.listdir(os.environ['HOME']) if not name.startswith('.')}
        listed = here & set(inside(f'ls -A {os.environ["HOME"]}', check=False).stdout.split())
        assert not listed, listed
        assert 'dear' not in inside(f'cat {note}', check=False).stdout
        inside(f'echo changed > {note}', check=False)
        with open(note, encoding='utf-8') as file:
            assert file.read() == 'dear diary'
        assert not inside(f'ls -A {CHECKOUT}', check=False).stdout, 'another folder is listed'

    def no_names(self):
        """No other name on the buses can be reached"""
        names = json.loads(inside('gdbus call --session --dest org.freedesktop.DBus --object-path /org/freedesktop/DBus '
                                  '--method org.freedesktop.DBus.ListNames').stdout.strip().strip('(),').replace("'", '"'))
        strangers = [name for name in names if not name.startswith((':', 'org.freedesktop.portal.', ID))
                     and name not in ('org.freedesktop.DBus',)]
        assert not strangers, strangers
        assert run('gdbus', 'introspect', '--session', '--dest', 'org.freedesktop.secrets',
                   '--object-path', '/org/freedesktop/secrets').stdout, 'there is no Secret Service to be kept from'
        assert inside('gdbus introspect --session --dest org.freedesktop.secrets --object-path /org/freedesktop/secrets',
                      check=False).returncode != 0, 'the Secret Service can be reached'
        assert inside('gdbus introspect --system --dest org.freedesktop.DBus --object-path /', check=False).returncode != 0

    def talk(self):
        """It signs in and sends a message, which somebody else receives"""
        self.program = Sandboxed()
        self.program.press('Add Server')
        self.program.type('Server Address', self.server.url)
        self.program.press('Continue')
        self.program.find(name='Lantern Street')
        self.program.press('Continue')
        self.program.type('Username', NAME)
        self.program.type('Password', PASSWORD)
        self.program.press('Register')
        self.program.gone('button', 'Register')
        self.program.find('list', 'Channels')
        other = driver.Client(self.server.url, 'cleo')
        self.program.go_to('general', 'alt+Down')
        self.program.type('Message', TEXT)
        self.program.keys('key', 'Return')
        other.wait_packet('message', lambda packet: packet.get('cmd') == 'message_new' and packet['message']['content'] == TEXT)
        self.program.find('list item', lambda name: TEXT in name and NAME in name)
        self.program.picture('flatpak')
        assert self.program.quit() == 0

    def again(self):
        """It starts again signed in: the secret portal has the key"""
        self.program = Sandboxed()
        self.program.find('list', 'Channels')
        self.program.find('toggle button', f'Own status: {NAME}, Online')
        assert self.program.quit() == 0
        data = os.path.join(os.environ['HOME'], '.var', 'app', ID, 'data')
        assert os.path.exists(os.path.join(data, 'keyrings', 'default.keyring')), 'the secret is not in the file of the portal'
        assert run('grep', '-r', PASSWORD, data, check=False).returncode == 1, 'the password lies about'

    def run(self):
        try:
            return driver.run_steps([self.pinned, self.make, self.permissions, self.from_file, self.from_repository,
                                     self.no_files, self.no_names, self.talk, self.again])
        finally:
            if self.program is not None:
                self.program.stop()
            self.server.stop()
            self.web.shutdown()
            clean_up()


def prefer_keyring():
    """Who answers for the secret portal: the keyring, which is what a desktop has here."""
    folder = os.path.join(os.environ['XDG_CONFIG_HOME'], 'xdg-desktop-portal')
    os.makedirs(folder)
    with open(os.path.join(folder, 'portals.conf'), 'w', encoding='utf-8') as file:
        file.write('[preferred]\ndefault=gnome-keyring\n')


if __name__ == '__main__':
    prefer_keyring()
    sys.exit(Flatpak().run())
