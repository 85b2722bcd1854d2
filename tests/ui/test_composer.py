#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Somebody writes, with the keyboard alone, and a second client sees what becomes of it.

test_composer.py light|dark
"""
import os
import subprocess
import sys

import driver


class Composer:
    def __init__(self, style):
        self.style = style
        self.profile = driver.temporary_folder()
        self.server = driver.Server('--auth', 'cracked', '--seed', os.environ['NATTER_TEST_SEED'])
        self.other = None
        self.program = None

    def picture(self, step):
        self.program.picture(f'composer-{step}-{self.style}', whole=True)

    def start(self):
        """An ordinary person is in a channel"""
        join = os.path.join(self.profile, 'join')
        with open(join, 'w', encoding='utf-8') as file:
            file.write(f'{self.server.url}\ncleo\ncleo-pass\n')
        self.program = driver.Program(self.profile, '--join-file', join, dark=self.style == 'dark')
        self.program.find('list', 'Channels')
        self.program.go_to('general', 'alt+Down')
        self.program.find('list', 'Messages')
        self.other = driver.Client(self.server.url, 'wren')
        self.program.find('list item', lambda name: name.startswith('Wren'))

    def clear(self):
        self.program.keys('key', 'ctrl+a')
        self.program.keys('key', 'BackSpace')
        self.has_text('')

    def narrow(self):
        """Suggestions fit into a narrow window"""
        self.program.resize(360, 720)
        self.program.type('Message', '@')
        self.suggestion('')
        self.picture('1-narrow')
        self.program.keys('key', 'Escape')
        self.no_suggestions()
        self.clear()
        self.program.resize(1200, 800)
        self.program.type('Message', 'x')
        self.clear()

    def heard(self, text):
        return self.other.wait_packet(f'"{text}"', lambda packet: packet.get('cmd') == 'message_new'
                                      and packet.get('message', {}).get('content') == text)['message']

    def has_text(self, text):
        driver.wait_for(f'"{text}" in the entry', lambda: self.program.text_of('Message') == text)

    def suggestion(self, name):
        suggestions = self.program.find('list', 'Suggestions')
        return self.program.find('list item', lambda text: text.startswith(name), inside=suggestions)

    def no_suggestions(self):
        self.program.gone('list', 'Suggestions')

    def mention(self):
        """A name is completed by what people call somebody"""
        self.program.keys('type', 'Ask @kof')
        self.suggestion('Kofi')
        self.picture('2-mention')
        self.program.keys('key', 'Tab')
        self.no_suggestions()
        self.has_text('Ask @USR:local_kofi ')
        self.program.keys('type', '#gar')
        self.suggestion('garden')
        self.program.keys('key', 'Return')
        self.no_suggestions()
        self.has_text('Ask @USR:local_kofi #garden ')
        self.program.keys('key', 'Return')
        self.heard('Ask @USR:local_kofi #garden')
        self.has_text('')

    def choose(self):
        """Up and Down go through the suggestions, Escape closes them and no more"""
        self.program.keys('type', ':thumbsu')
        self.suggestion(':thumbs')
        self.program.keys('key', 'Escape')
        self.no_suggestions()
        self.program.keys('key', 'BackSpace')
        self.no_suggestions()
        self.clear()
        self.program.keys('type', '@')
        self.suggestion('')
        self.program.keys('key', 'Down')
        self.program.keys('key', 'Down')
        second = [node.get_name() for node in self.program.look('list item', None, self.program.find('list', 'Suggestions'))
                  if node.get_state_set().contains(driver.Atspi.StateType.SELECTED)]
        assert len(second) == 1, second
        self.picture('3-choose')
        self.program.keys('key', 'Return')
        self.no_suggestions()
        driver.wait_for('a name', lambda: self.program.text_of('Message').startswith('@USR:local_'))
        self.clear()

    def command(self):
        """A slash command is completed, explained, and run"""
        self.program.keys('type', '/ni')
        self.suggestion('/nick')
        self.picture('4-command')
        self.program.keys('key', 'Tab')
        self.program.find('label', lambda text: text.startswith('/nick [nickname]'))
        self.program.keys('type', 'A name that is longer than the server takes')
        self.program.keys('key', 'Return')
        self.program.find('label', lambda text: 'too long' in text)
        self.picture('5-command-refused')
        self.has_text('/nick A name that is longer than the server takes')
        self.program.keys('key', 'ctrl+a')
        self.program.keys('type', '/nick The Cleo')
        self.program.keys('key', 'Return')
        self.heard('Nickname set to **The Cleo**')
        self.has_text('')

    def marks(self):
        """Keys set and take away the marks of bold text"""
        self.program.keys('type', 'so loud')
        self.program.keys('key', 'shift+ctrl+Left')
        self.program.keys('key', 'ctrl+b')
        self.has_text('so **loud**')
        self.program.keys('key', 'ctrl+b')
        self.has_text('so loud')
        self.program.keys('key', 'ctrl+i')
        self.has_text('so *loud*')
        self.program.keys('key', 'ctrl+i')
        self.has_text('so loud')
        self.program.keys('key', 'ctrl+b')
        self.program.keys('key', 'ctrl+b')
        self.program.keys('key', 'ctrl+z')
        self.has_text('so **loud**')
        self.program.keys('key', 'Return')
        self.heard('so **loud**')
        self.has_text('')

    def quote(self):
        """A message is quoted"""
        self.other.send(cmd='message_new', channel='general', content='Nobody said\nit was easy')
        message = self.program.find('list item', lambda name: 'it was easy' in name)
        self.program.go_to_widget(message, 'shift+Tab')
        self.program.keys('key', 'Menu')
        self.program.find('menu item')
        self.program.keys('key', 'q')
        self.has_text('> Nobody said\n> it was easy\n')
        self.program.keys('type', 'It was')
        self.program.keys('key', 'Return')
        self.heard('> Nobody said\n> it was easy\nIt was')
        self.has_text('')

    def no_files(self):
        """Whoever may not send files is told why"""
        path = os.path.join(self.profile, 'drawing.png')
        subprocess.run(['convert', '-size', '32x20', 'xc:tomato', path], check=True)
        with open(path, 'rb') as file:
            driver.copy('image/png', file.read())
        self.program.paste('label', 'This server takes files from people with a Rotur account only')
        self.picture('6-no-files')

    def poll(self):
        """A poll is made with the keyboard"""
        self.program.press('Attach', role='toggle button')
        self.program.find('menu item')
        self.program.keys('key', 'p')
        self.program.write('Question', 'Lanterns or candles?')
        self.program.write('Answer 1', 'Lanterns')
        self.program.write('Answer 2', 'Candles')
        self.program.find('text', 'Answer 3')
        self.program.picture(f'composer-7-poll-{self.style}')
        self.program.press('Create')
        poll = self.other.wait_packet('poll', lambda packet: packet.get('cmd') == 'message_new' and packet.get('poll_id'))
        assert [option['text'] for option in poll['embeds'][0]['poll']['options']] == ['Lanterns', 'Candles'], poll
        self.program.gone('button', 'Create')

    def anywhere(self):
        """What is typed among the messages goes into the entry"""
        self.program.go_to_widget(self.program.find('text', 'Message'), 'Tab')
        self.program.keys('key', 'shift+Tab')
        entry = self.program.find('text', 'Message')
        driver.wait_for('keyboard elsewhere', lambda: not self.program.is_focused(entry))
        self.program.keys('type', 'wow')
        self.has_text('wow')
        self.clear()

    def end(self):
        """Ctrl+Q ends the program"""
        assert self.program.quit() == 0

    def run(self):
        try:
            return driver.run_steps([self.start, self.narrow, self.mention, self.choose, self.command, self.marks, self.quote, self.no_files,
                                     self.anywhere, self.poll, self.end])
        finally:
            if self.program is not None:
                self.program.stop()
            self.server.stop()
            driver.remove_folder(self.profile)


if __name__ == '__main__':
    sys.exit(Composer(sys.argv[1]).run())
