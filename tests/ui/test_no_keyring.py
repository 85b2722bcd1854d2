#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Without a keyring that helps one is told so, and can sign in until the program is closed.

test_no_keyring.py missing|dismiss|error
"""
import os
import subprocess
import sys

import driver

from gi.repository import Gio, GLib

PASSWORD = 'plum-lantern-seven-oars'
NAME = 'harbour_cat'
DRAFT = 'Half a thought about the'
KEYRING = 'org.freedesktop.secrets'


class NoKeyring:
    def __init__(self, how):
        self.how = how
        self.profile = driver.temporary_folder()
        self.server = driver.Server('--auth', 'cracked', '--seed', os.environ['NATTER_TEST_SEED'])
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        self.service = None
        self.program = None
        if how != 'missing':
            script = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'secret_service.py')
            self.service = subprocess.Popen([sys.executable, script, how])
            driver.wait_for('keyring that refuses', self.is_there)

    def ask(self, method, arguments, answer):
        return self.bus.call_sync('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus', method, arguments,
                                  GLib.VariantType(answer), Gio.DBusCallFlags.NONE, -1, None).unpack()[0]

    def is_there(self):
        return self.ask('NameHasOwner', GLib.Variant('(s)', (KEYRING,)), '(b)')

    def is_as_meant(self):
        """The bus has no keyring and starts none, or one that refuses"""
        assert self.is_there() == (self.how != 'missing')
        if self.how == 'missing':
            assert KEYRING not in self.ask('ListActivatableNames', None, '(as)')

    def start(self):
        self.program = driver.Program(self.profile)

    def register(self):
        self.start()
        self.program.press('Add Server')
        self.program.write('Server Address', self.server.url)
        self.program.press('Continue')
        self.program.find(name='Lantern Street')
        self.program.press('Continue')
        self.program.write('Username', NAME)
        self.program.write('Password', PASSWORD)
        self.program.press('Register')

    def said(self):
        """What is the matter is said before anything is sent, and what was typed stays"""
        self.register()
        words = 'There is no open keyring' if self.how == 'missing' else 'The keyring is locked'
        self.program.find(name=lambda text: text.startswith(words) and 'for this session only' in text)
        self.program.picture(f'no-keyring-{self.how}')
        assert self.program.text_of('Username') == NAME
        assert not self.program.is_empty('Password')
        assert self.server.signed_in() == 0
        assert self.server.control(do='status')['received'].get('register', 0) == 0

    def session_only(self):
        """One signs in for this session only"""
        self.once(True)
        self.program.press('Register')
        self.is_in()

    def not_taken(self):
        """A password that the keyring does not take is good for this session, and that is said"""
        self.register()
        self.program.find(name=lambda text: text.startswith('The keyring did not take the password'))
        self.program.picture(f'no-keyring-{self.how}')
        self.is_in()

    def once(self, press):
        """Chooses that the password is for this session only."""
        switch = self.program.find(name=lambda text: text.startswith('For This Session Only'))
        if press:
            self.program.go_to_widget(switch, 'Tab')
            self.program.keys('key', 'space')

    def is_in(self):
        self.program.gone('button', 'Register')
        driver.wait_for('sign-in', lambda: self.server.signed_in() == 1)
        self.leave()
        driver.wait_for('end of the connection', lambda: self.server.signed_in() == 0)

    def leave(self):
        """Leaves in the middle of a word. SQLite does away with its log when it is closed after the last write."""
        self.program.go_to('general', 'alt+Down')
        self.program.write('Message', DRAFT)
        assert self.program.quit() == 0
        left = [file for _where, _folders, files in os.walk(self.profile) for file in files if file.endswith('-wal')]
        assert not left, left

    def nothing_lost(self):
        """The next start has the server and what was typed last, and says that one has to sign in"""
        self.start()
        self.program.find('list item', lambda name: name.startswith('Lantern Street'), self.program.find('list', 'Servers'))
        self.program.find(name=lambda text: text.startswith(self.words()))
        self.program.find('button', 'Sign In')
        self.program.go_to('general', 'alt+Down')
        self.program.picture(f'no-keyring-{self.how}-again')
        driver.wait_for('draft in the entry', lambda: self.program.text_of('Message') == DRAFT)
        self.program.stop()

    def words(self):
        # A keyring that is there has nothing of this one, who signed in for that session only.
        return 'There is no open keyring' if self.how == 'missing' else 'You are not signed in'

    def nowhere(self):
        """The password is in no file"""
        for where, _folders, files in os.walk(self.profile):
            for file in files:
                with open(os.path.join(where, file), 'rb') as content:
                    assert PASSWORD.encode() not in content.read(), os.path.join(where, file)

    def run(self):
        try:
            first = [self.not_taken] if self.how == 'error' else [self.said, self.session_only]
            return driver.run_steps([self.is_as_meant, *first, self.nothing_lost, self.nowhere])
        finally:
            if self.program is not None:
                self.program.stop()
            if self.service is not None:
                self.service.kill()
                self.service.wait()
            self.server.stop()
            driver.remove_folder(self.profile)


if __name__ == '__main__':
    sys.exit(NoKeyring(sys.argv[1]).run())
