#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files go with messages: pasted, looked at, refused, waited for, and seen by a second client.

test_uploads.py light|dark
"""
import os
import subprocess
import sys

import browser
import driver
import look

LIMIT = 26214400


class Uploads:
    def __init__(self, style):
        self.style = style
        self.profile = driver.temporary_folder()
        self.server = driver.Server('--auth', 'cracked', '--seed', os.environ['NATTER_TEST_SEED'])
        self.server.control(do='rotur', browser_user='mika')
        driver.write_settings(self.profile, rotur_address=self.server.rotur)
        browser.install()
        self.other = None
        self.program = None

    def pictures(self, step):
        self.program.resize(360, 720)
        self.program.picture(f'uploads-{step}-{self.style}-narrow')
        self.program.resize(1200, 800)
        self.program.picture(f'uploads-{step}-{self.style}-wide')
        self.program.go_to_widget(self.program.find('text', 'Message'), 'Tab')

    def start(self):
        """Somebody with a Rotur account is in a channel"""
        self.program = driver.Program(self.profile, dark=self.style == 'dark')
        self.program.press('Main Menu', role='toggle button')
        self.program.find('menu item')
        self.program.keys('key', 'c')
        self.program.activate('Add Rotur Account', role='button')
        self.program.press('Sign In With Browser')
        self.program.find('label', 'mika')
        self.program.press('Done')
        self.program.find(name=lambda name: name.startswith('mika'), inside=self.program.find('list', 'Accounts'))
        self.program.gone('button', 'Done')
        self.program.keys('key', 'Escape')
        self.program.gone('button', 'Add Rotur Account')
        self.program.press('Add Server')
        self.program.write('Server Address', self.server.url)
        self.program.press('Continue')
        self.program.find(name='Lantern Street')
        self.program.press('Continue')
        self.program.activate('mika', inside=self.program.find('list', 'Your Accounts'))
        self.program.gone('list', 'Your Accounts')
        self.program.find('list', 'Channels')
        self.program.go_to('general', 'alt+Down')
        self.program.find('list', 'Messages')
        self.other = driver.Client(self.server.url, 'wren')

    def clip(self, kind, path):
        with open(path, 'rb') as file:
            driver.copy(kind, file.read())

    def make(self, name, size):
        path = os.path.join(self.profile, name)
        with open(path, 'wb') as file:
            file.truncate(size)
        return path

    def heard(self, text):
        return self.other.wait_packet(f'"{text}"', lambda packet: packet.get('cmd') == 'message_new'
                                      and packet.get('message', {}).get('content') == text)['message']

    def row(self, name):
        return self.program.find('list item', name, inside=self.program.find('list', 'Files to Send'))

    def says(self, text):
        return self.program.find('label', lambda name: text in name)

    def picture(self):
        """A picture that was copied is pasted, and goes with the text"""
        path = os.path.join(self.profile, 'drawing.png')
        subprocess.run(['convert', '-size', '320x200', 'plasma:tomato-gold', path], check=True)
        self.clip('image/png', path)
        self.program.type('Message', 'A drawing')
        self.program.paste('list', 'Files to Send')
        self.row(lambda name: name.startswith('Picture '))
        self.says('ready to send')
        self.pictures('1-picture')
        page = look.Look(self.program, f'uploads-{self.style}', self.server.url)
        page.at('tray', tabs=False)
        page.report()
        self.program.go_to_widget(self.program.find('button', lambda name: name.startswith('Remove')), 'shift+Tab')
        self.program.go_to_widget(self.program.find('text', 'Message'), 'Tab')
        self.program.keys('key', 'Return')
        message = self.heard('A drawing')
        assert len(message['attachments']) == 1, message
        assert message['attachments'][0]['mime_type'] == 'image/png', message
        self.program.gone('list', 'Files to Send')

    def several(self):
        """Several files at once; one that the server does not take is explained, and the others wait for it"""
        paths = [self.make('notes.txt', 20), self.make('huge.txt', LIMIT + 1)]
        listed = self.make('list', 0)
        with open(listed, 'w', encoding='utf-8') as file:
            file.write(''.join(f'file://{path}\r\n' for path in paths))
        self.clip('text/uri-list', listed)
        self.program.paste('list', 'Files to Send')
        self.row('notes.txt')
        self.row('huge.txt')
        self.says('Too large: this server takes files up to')
        self.program.keys('type', 'Notes')
        self.program.keys('key', 'Return')
        self.says('Sends when the upload is done')
        self.pictures('2-several')
        self.program.press('Remove “huge.txt”')
        message = self.heard('Notes')
        assert [file['name'] for file in message['attachments']] == ['notes.txt'], message
        self.program.gone('list', 'Files to Send')

    def long(self):
        """A text that is too long for a message is offered as a file"""
        path = os.path.join(self.profile, 'long')
        with open(path, 'w', encoding='utf-8') as file:
            file.write('All work and no play. ' * 200)
        self.clip('UTF8_STRING', path)
        self.program.paste('button', 'Send as File')
        self.program.find('button', 'Send as File', sensitive=True)
        self.program.picture(f'uploads-3-long-{self.style}')
        self.program.press('Send as File')
        self.row('message.txt')
        self.says('ready to send')
        self.program.press('Send')
        message = self.heard('')
        assert [file['name'] for file in message['attachments']] == ['message.txt'], message

    def heard_files(self, name):
        return self.other.wait_packet(name, lambda packet: packet.get('cmd') == 'message_new' and any(
            file['name'] == name for file in packet.get('message', {}).get('attachments', [])))['message']['attachments']

    def dropped(self):
        """Files that are dropped on the conversation go with the message"""
        paths = [self.make('first.txt', 10), self.make('second.txt', 12)]
        self.program.resize(900, 800)
        source = subprocess.Popen([sys.executable, os.path.join(os.path.dirname(os.path.abspath(__file__)), 'drag_source.py'), *paths])
        try:
            window = driver.wait_for('window to drag from', lambda: driver.window_of(source.pid))
            subprocess.run(['xdotool', 'windowmove', '--sync', window, '1050', '50'], check=True)
            self.drag(window)
            self.row('first.txt')
            self.row('second.txt')
            self.says('ready to send')
        finally:
            source.terminate()
            source.wait()
        self.program.shown()
        self.pictures('4-dropped')
        self.program.press('Send')
        assert [file['name'] for file in self.heard_files('first.txt')] == ['first.txt', 'second.txt']
        self.program.gone('list', 'Files to Send')

    def drag(self, window):
        """As a hand does it: the pointer is moved in steps, for only its moves are told."""
        subprocess.run(['xdotool', 'mousemove', '--window', window, '80', '100', 'mousedown', '1'], check=True)
        for x in (70, 50, 20, -60, -300, -400, -410, -420):
            subprocess.run(['xdotool', 'mousemove', '--window', window, '--', str(x), '150', 'sleep', '0.05'], check=True)
        subprocess.run(['xdotool', 'mouseup', '1'], check=True)

    def retried(self):
        """A file that did not arrive is sent again without being chosen again"""
        path = self.make('again.txt', 50)
        listed = self.make('list', 0)
        with open(listed, 'w', encoding='utf-8') as file:
            file.write(f'file://{path}\r\n')
        self.clip('text/uri-list', listed)
        self.server.control(do='faults', refuse='http')
        self.program.paste('list', 'Files to Send')
        self.program.find('button', 'Try “again.txt” Again', sensitive=True)
        self.says('can’t be reached')
        self.pictures('5-failed')
        self.server.control(do='faults', none=True)
        self.program.press('Try “again.txt” Again')
        self.says('ready to send')
        self.program.press('Send')
        assert [file['name'] for file in self.heard_files('again.txt')] == ['again.txt']
        self.program.gone('list', 'Files to Send')

    def end(self):
        """Ctrl+Q ends the program"""
        assert self.program.quit() == 0

    def run(self):
        try:
            return driver.run_steps([self.start, self.picture, self.several, self.long, self.dropped, self.retried, self.end])
        finally:
            if self.program is not None:
                self.program.stop()
            self.server.stop()
            driver.remove_folder(self.profile)


if __name__ == '__main__':
    sys.exit(Uploads(sys.argv[1]).run())
