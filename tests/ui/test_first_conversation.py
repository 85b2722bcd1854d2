#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""From an empty profile to a first conversation, and back after a restart.

test_first_conversation.py light|dark
"""
import os
import sys

import driver

NAME = 'harbour_cat'
PASSWORD = 'seven-small-boats'
TEXT = 'Hello from the harbour, is the kettle on?'


class FirstConversation:
    def __init__(self, style):
        self.style = style
        self.profile = driver.temporary_folder()
        self.server = driver.Server('--auth', 'cracked', '--seed', os.environ['NATTER_TEST_SEED'])
        self.other = None
        self.program = None

    def pictures(self, step):
        """Wide last, which is how the next step goes on."""
        self.program.resize(360, 720)
        self.program.picture(f'{step}-{self.style}-narrow')
        self.program.resize(1200, 800)
        self.program.picture(f'{step}-{self.style}-wide')

    def start(self):
        """The program starts without a server"""
        self.program = driver.Program(self.profile, dark=self.style == 'dark')
        self.program.find('button', 'Add Server')
        self.pictures('1-welcome')
        for name, leads in (('Find Servers', 'Show Servers'), ('Sign In to Rotur', 'Sign In With Browser')):
            self.program.press(name)
            self.program.find('button', leads)
            # From a page further on, the first one leads back.
            for _ in range(2):
                if any(self.program.look('dialog')):
                    dialog = self.program.find('dialog')
                    driver.wait_for('keyboard in the dialog', lambda dialog=dialog: self.has_keyboard(dialog))
                    self.program.keys('key', 'Escape')
                    self.program.gone('button', leads)
            self.program.gone('dialog', None)

    def has_keyboard(self, dialog):
        return any(self.program.focused(node) for node in self.program.look(inside=dialog) if node != dialog)

    def add_server(self):
        """A server is found by its address"""
        self.program.press('Add Server')
        self.program.type('Server Address', self.server.url)
        self.pictures('2-address')
        self.program.press('Continue')

    def handshake(self):
        """The server says who it is before anything is sent to it"""
        self.program.find(name='Lantern Street')
        self.program.find(name='wren')
        self.pictures('3-server-info')
        status = self.server.control(do='status')
        assert 'register' not in status['received'], status
        self.program.press('Continue')

    def register(self):
        """A new account is registered"""
        self.program.type('Username', NAME)
        self.program.type('Password', PASSWORD)
        self.pictures('4-sign-in')
        self.program.press('Register')
        self.program.gone('button', 'Register')
        self.program.find(name='Channels')

    def read(self):
        """Channels and messages are shown"""
        channels = self.program.find('list', 'Channels')
        for channel in ('welcome', 'general', 'workshop'):
            self.program.find(name=lambda name, channel=channel: channel in name, inside=channels)
        self.open_general()
        self.find_message('Then we can draw the tables where they go. Perfect.', 'Amara')
        self.pictures('5-read')

    def open_general(self):
        self.program.go_to('general', 'alt+Down')
        self.program.find('list', 'Messages')

    def find_message(self, text, author):
        messages = self.program.find('list', 'Messages')
        return self.program.find('list item', lambda name: text in name and author in name, inside=messages)

    def send(self):
        """A message is sent, and somebody else receives it"""
        self.other = driver.Client(self.server.url, 'cleo')
        self.program.type('Message', TEXT)
        self.program.keys('key', 'Return')
        packet = self.other.wait_packet('message at the second client', self.is_ours)
        assert packet['channel'] == 'general', packet
        self.find_message(TEXT, NAME)
        driver.wait_for('empty entry', lambda: self.program.is_empty('Message'))
        self.pictures('6-sent')

    @staticmethod
    def is_ours(packet):
        return packet.get('cmd') == 'message_new' and packet['message']['content'] == TEXT

    def answer(self):
        """An answer appears by itself"""
        self.other.send(cmd='message_new', channel='general', content='It is. Come up.')
        self.find_message('It is. Come up.', 'Cleo')

    def walk(self):
        """The keyboard goes from message to message, and leaves them in one step"""
        newest = self.find_message('It is. Come up.', 'Cleo')
        own = self.find_message(TEXT, NAME)
        self.program.go_to_widget(newest, 'shift+Tab')
        self.program.go_to_widget(own, 'Up')
        self.program.keys('key', 'Menu')
        self.program.find('menu item')
        self.program.picture(f'6-menu-{self.style}-wide', whole=True)
        self.program.keys('key', 'Escape')
        self.program.gone('menu item', None)
        self.program.keys('key', 'Home')
        self.program.find('button', lambda name: name.startswith('Go to Latest'))
        self.program.keys('key', 'End')
        self.program.go_to_widget(self.find_message('It is. Come up.', 'Cleo'), 'End')
        self.program.go_to_widget(self.program.find('text', 'Message'), 'Tab')

    def leave(self):
        """The program ends when asked, and keeps the password to the keyring"""
        status = self.program.quit()
        assert status == 0, status
        for folder, _folders, files in os.walk(self.profile):
            for file in files:
                with open(os.path.join(folder, file), 'rb') as content:
                    assert PASSWORD.encode() not in content.read(), file

    def come_back(self):
        """It starts again signed in, and the message is still there"""
        self.program = driver.Program(self.profile, dark=self.style == 'dark')
        self.program.find('list', 'Channels')
        self.open_general()
        self.find_message(TEXT, NAME)
        self.find_message('It is. Come up.', 'Cleo')
        self.pictures('7-back')
        status = self.program.quit()
        assert status == 0, status

    def run(self):
        try:
            return driver.run_steps([self.start, self.add_server, self.handshake, self.register, self.read,
                                     self.send, self.answer, self.walk, self.leave, self.come_back])
        finally:
            if self.program is not None:
                self.program.stop()
            self.server.stop()
            driver.remove_folder(self.profile)


if __name__ == '__main__':
    sys.exit(FirstConversation(sys.argv[1]).run())
