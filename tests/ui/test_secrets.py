#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Passwords and tokens are in the keyring and nowhere else, and nothing is lost when the keyring does not help."""
import os
import subprocess
import sys

import driver

from gi.repository import Gio, GLib

PASSWORD = 'plum-lantern-seven-oars'
NAME = 'harbour_cat'
TOKEN = 'tok-mika'
KEYRING = 'org.freedesktop.secrets'
SERVICE = '/org/freedesktop/secrets'


class Secrets:
    def __init__(self):
        self.profile = driver.temporary_folder()
        self.logs = driver.temporary_folder()
        self.server = driver.Server('--auth', 'cracked', '--rotur-api', 'may-2026', '--seed', os.environ['NATTER_TEST_SEED'])
        driver.write_settings(self.profile, rotur_address=self.server.rotur)
        self.program = None
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)

    def start_program(self, name):
        self.program = driver.Program(self.profile, log=os.path.join(self.logs, f'{name}.log'),
                                      G_MESSAGES_DEBUG='all', NATTER_TRACE=os.path.join(self.logs, f'{name}.trace'))

    def find_server(self):
        self.program.press('Add Server')
        self.program.write('Server Address', self.server.url)
        self.program.press('Continue')
        self.program.find(name='Lantern Street')
        self.program.press('Continue')

    def password(self):
        """A password is typed, and one is signed in"""
        self.start_program('first')
        self.find_server()
        self.program.type('Username', NAME)
        self.program.type('Password', PASSWORD)
        self.program.press('Register')
        self.program.gone('button', 'Register')
        driver.wait_for('sign-in', lambda: self.server.signed_in() == 1)

    def token(self):
        """A main token is pasted, for an API that wants it in the address"""
        self.find_server()
        self.program.activate('Sign In With Rotur')
        self.program.activate('Paste a Token')
        self.program.write('Token', TOKEN)
        self.program.press('Sign In', inside=self.program.find('dialog', 'Add Rotur Account'))
        self.program.press('Keep Main Token')
        self.program.press('Done')
        self.program.gone('dialog', lambda name: True)
        self.program.picture('secrets-signed-in')
        driver.wait_for('second sign-in', lambda: self.server.signed_in() == 2)
        asked = self.server.control(do='rotur')
        assert any(request['token'] == 'query' for request in asked['requests']), asked

    def search(self, folder):
        secrets = (PASSWORD.encode(), TOKEN.encode())
        for where, _folders, files in os.walk(folder):
            for file in files:
                with open(os.path.join(where, file), 'rb') as content:
                    data = content.read()
                for secret in secrets:
                    assert secret not in data, f'{os.path.join(where, file)} holds {secret}'

    def nowhere(self):
        """Neither is in the profile, the log, the trace, the command line or the environment"""
        process = f'/proc/{self.program.process.pid}'
        for name in ('cmdline', 'environ'):
            with open(os.path.join(process, name), 'rb') as content:
                data = content.read()
            assert PASSWORD.encode() not in data and TOKEN.encode() not in data, name
        assert self.program.quit() == 0
        self.search(self.profile)
        self.search(self.logs)
        assert os.path.getsize(os.path.join(self.logs, 'first.log')) > 1000
        assert os.path.getsize(os.path.join(self.logs, 'first.trace')) > 0

    def kept(self):
        """They are in the keyring: the next start signs in with them"""
        self.start_program('second')
        driver.wait_for('both sign-ins', lambda: self.server.signed_in() == 2)
        assert self.program.quit() == 0
        driver.wait_for('both gone', lambda: self.server.signed_in() == 0)

    def call(self, path, interface, method, arguments, answer):
        return self.bus.call_sync(KEYRING, path, interface, method, arguments, GLib.VariantType(answer),
                                  Gio.DBusCallFlags.NONE, -1, None)

    def default_keyring(self):
        return self.call(SERVICE, 'org.freedesktop.Secret.Service', 'ReadAlias', GLib.Variant('(s)', ('default',)),
                         '(o)').unpack()[0]

    def lock(self):
        path = self.default_keyring()
        locked = self.call(SERVICE, 'org.freedesktop.Secret.Service', 'Lock', GLib.Variant('(ao)', ([path],)), '(aoo)').unpack()
        assert path in locked[0], locked

    def unlock(self):
        """As when a person types the keyring's password."""
        session = self.call(SERVICE, 'org.freedesktop.Secret.Service', 'OpenSession',
                            GLib.Variant('(sv)', ('plain', GLib.Variant('s', ''))), '(vo)').unpack()[1]
        master = (session, b'', b'natter', 'text/plain')
        self.call(SERVICE, 'org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface', 'UnlockWithMasterPassword',
                  GLib.Variant('(o(oayays))', (self.default_keyring(), master)), '()')

    @staticmethod
    def say_no():
        """What a person may answer when the keyring asks for its password."""
        found = subprocess.run(['xdotool', 'search', '--onlyvisible', '--class', 'gcr-prompter'], capture_output=True,
                               text=True, check=False).stdout.split()
        for window in found:
            subprocess.run(['xdotool', 'windowfocus', window, 'key', 'Escape'], check=False)

    def is_said(self):
        self.say_no()
        return any(self.program.look(name=lambda text: text.startswith('The keyring is locked')))

    def without_keyring(self, name):
        """Both servers are in the list and say what is the matter; nobody is signed in, and nothing is lost."""
        self.start_program(name)
        driver.wait_for('words about the keyring', self.is_said)
        self.program.find('button', 'Sign In')
        servers = self.program.find('list', 'Servers')
        found = [row for row in self.program.look('list item', inside=servers)]
        assert len(found) == 2, [row.get_name() for row in found]
        self.program.picture(f'secrets-{name}')

    def locked(self):
        """With a keyring that stays locked this is said, and once it is open all is well"""
        self.lock()
        self.without_keyring('locked')
        assert self.server.signed_in() == 0
        self.unlock()
        self.program.press('Sign In')
        self.program.press('Unlock')
        driver.wait_for('sign-in with an open keyring', lambda: self.server.signed_in() >= 1)
        self.program.stop()
        self.search(self.profile)
        self.search(self.logs)

    def run(self):
        try:
            return driver.run_steps([self.password, self.token, self.nowhere, self.kept, self.locked])
        finally:
            if self.program is not None:
                self.program.stop()
            self.server.stop()
            driver.remove_folder(self.profile)
            driver.remove_folder(self.logs)


if __name__ == '__main__':
    sys.exit(Secrets().run())
