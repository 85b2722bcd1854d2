#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The server goes away while one writes, and the program is killed: nothing that was written is lost.

test_offline.py light|dark
"""
import glob
import os
import sqlite3
import sys

import driver

NAME = 'harbour_cat'
PASSWORD = 'seven-small-boats'
SENT = 'Said while nobody was there'
UNSENT = 'Half a thought about the'
FIRST = 'See you at noon'
CHANGE = ', or at one'


class Offline:
    def __init__(self, style):
        self.style = style
        self.profile = driver.temporary_folder()
        self.server = driver.Server('--auth', 'cracked', '--seed', os.environ['NATTER_TEST_SEED'])
        self.program = None

    def join(self):
        """Somebody joins a server and opens a channel"""
        self.program = driver.Program(self.profile, dark=self.style == 'dark')
        self.program.resize(1200, 800)
        self.program.press('Add Server')
        self.program.type('Server Address', self.server.url)
        self.program.press('Continue')
        self.program.find(name='Lantern Street')
        self.program.press('Continue')
        self.program.type('Username', NAME)
        self.program.type('Password', PASSWORD)
        self.program.press('Register')
        self.program.gone('button', 'Register')
        self.open_general()
        self.program.type('Message', FIRST)
        self.program.keys('key', 'Return')
        self.find_message(FIRST)
        driver.wait_for('message at the server', lambda: self.count_sent(FIRST) == 1)

    def open_general(self):
        self.program.find(name='Channels')
        self.program.go_to('general', 'alt+Down')
        self.program.find('list', 'Messages')

    def find_message(self, text):
        messages = self.program.find('list', 'Messages')
        return self.program.find('list item', lambda name: text in name, inside=messages)

    def lose(self):
        """The server goes away, and what one sends waits"""
        self.server.control(do='faults', refuse='close')
        self.server.control(do='drop')
        self.program.find(name=lambda name: 'You are offline' in name)
        self.program.type('Message', SENT)
        self.program.keys('key', 'Return')
        self.find_message(f'{SENT} (waiting for connection)')
        driver.wait_for('empty entry', lambda: self.program.is_empty('Message'))
        self.program.picture('offline-waiting')

    def change(self):
        """What one said before is changed, which waits, too"""
        self.program.keys('key', 'Up')
        driver.wait_for('text to change', lambda: self.program.text_of('Message') == FIRST)
        self.program.keys('type', CHANGE)
        driver.wait_for('changed text', lambda: self.program.text_of('Message') == FIRST + CHANGE)
        self.program.keys('key', 'Return')
        self.find_message(f'{FIRST + CHANGE} (waiting for connection)')
        driver.wait_for('empty entry', lambda: self.program.is_empty('Message'))

    def kill(self):
        """The program is killed with half a message in the entry"""
        self.program.keys('type', UNSENT)
        driver.wait_for('draft on the disk', lambda: self.is_kept('drafts', UNSENT) and self.is_kept('acts', FIRST + CHANGE))
        self.program.process.kill()
        self.program.process.wait()

    def is_kept(self, table, text):
        database = sqlite3.connect(glob.glob(os.path.join(self.profile, '**', 'natter.db'), recursive=True)[0])
        try:
            return database.execute(f'SELECT 1 FROM {table} WHERE text = ?', (text,)).fetchone()
        finally:
            database.close()

    def come_back(self):
        """Back with the server, the message is sent once and the draft is where it was"""
        self.server.control(do='faults', refuse='no')
        self.program = driver.Program(self.profile, dark=self.style == 'dark')
        self.program.resize(1200, 800)
        self.open_general()
        self.find_message(SENT)
        driver.wait_for('draft in the entry', lambda: self.program.text_of('Message') == UNSENT)
        driver.wait_for('message at the server', lambda: self.count_sent(SENT) == 1)
        self.program.picture('offline-back')

    def save(self):
        """The change is in sight, and is made by itself"""
        self.find_message(FIRST + CHANGE)
        driver.wait_for('change at the server', lambda: self.count_sent(FIRST + CHANGE) == 1)
        driver.wait_for('end of the waiting change', lambda: not self.is_kept('acts', FIRST + CHANGE))
        assert self.program.quit() == 0

    def count_sent(self, text):
        answers = self.server.control(do='act', user='USR:local_cleo',
                                      packet={'cmd': 'messages_get', 'channel': 'general', 'limit': 20})['answers']
        return sum(message['content'] == text for answer in answers for message in answer.get('messages', []))

    def run(self):
        try:
            return driver.run_steps([self.join, self.lose, self.change, self.kill, self.come_back, self.save])
        finally:
            if self.program is not None:
                self.program.stop()
            self.server.stop()
            driver.remove_folder(self.profile)


if __name__ == '__main__':
    sys.exit(Offline(sys.argv[1]).run())
