#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Find a message and go there, go anywhere by some letters, follow a link to a message, and come back.

test_find.py light|dark
"""
import json
import os
import sys

import driver

MESSAGES = 400
NEEDLE = 'the brass telescope is in the attic'
HIDDEN = 'behind the clock'


class Find:
    def __init__(self, style):
        self.style = style
        self.profile = driver.temporary_folder()
        self.server = driver.Server('--auth', 'cracked', '--seed', self.seed())
        self.other = None
        self.program = None
        self.id = None

    def seed(self):
        """The community of the demo, and something that was said before all else in a channel."""
        path = os.path.join(self.profile, 'seed.json')
        with open(os.environ['NATTER_TEST_SEED'], encoding='utf-8') as file:
            community = json.load(file)
        community['messages']['garden'].insert(0, {'user': 'wren', 'at': -9000000, 'content': f'{NEEDLE} ||{HIDDEN}||'})
        for thing in [community['server'], *community['users'], *community['attachments']]:
            for key in ('icon', 'banner', 'file'):
                thing.pop(key, None)
        with open(path, 'w', encoding='utf-8') as file:
            json.dump(community, file)
        return path

    def pictures(self, step):
        self.program.resize(360, 720)
        self.program.picture(f'find-{step}-{self.style}-narrow')
        self.program.resize(1200, 800)
        self.program.picture(f'find-{step}-{self.style}-wide')

    def title(self, start):
        return self.program.find('frame', lambda name: self.program.place(name).startswith(start))

    def message(self, text):
        messages = self.program.find('list', 'Messages')
        return self.program.find('list item', lambda name: text in name, inside=messages)

    def not_there(self, text):
        messages = self.program.find('list', 'Messages')
        driver.wait_for(f'no "{text}"', lambda: not any(self.program.look('list item', lambda name: text in name, messages)))

    def start(self):
        """A channel with a long history, and something said long ago"""
        self.other = driver.Client(self.server.url, 'wren')
        self.other.send(cmd='messages_search', channel='garden', query=NEEDLE)
        found = self.other.wait_packet('message', lambda packet: packet.get('cmd') == 'messages_search')
        self.id = found['results'][0]['id']
        self.server.control(do='generate', messages=MESSAGES, channel='garden')
        join = os.path.join(self.profile, 'join')
        with open(join, 'w', encoding='utf-8') as file:
            file.write(f'{self.server.url}\ncleo\ncleo-pass\n')
        self.program = driver.Program(self.profile, '--join-file', join, dark=self.style == 'dark')
        self.program.resize(1200, 800)
        self.program.find('list', 'Channels')
        self.title('welcome')

    def switcher(self):
        """Some letters and Enter lead to a channel"""
        self.program.keys('key', 'ctrl+k')
        self.program.find('entry', 'Go To')
        self.program.keys('type', 'grdn')
        self.program.find('list item', 'garden, channel on Lantern Street')
        self.pictures('1-switcher')
        self.program.keys('key', 'Return')
        self.title('garden')
        driver.wait_for('keyboard in the entry', lambda: self.program.is_focused(self.program.find('text', 'Message')))
        self.not_there(NEEDLE)

    def back(self):
        """Back and forward"""
        self.program.keys('key', 'alt+Left')
        self.title('welcome')
        self.program.keys('key', 'alt+Right')
        self.title('garden')

    def search(self):
        """A search in the channel finds what is not loaded"""
        self.program.keys('key', 'ctrl+f')
        entry = self.program.find('entry', 'Search Messages')
        driver.wait_for('filter', lambda: self.program.text_of('Search Messages', 'entry') == 'in:garden ')
        driver.wait_for('keyboard in the search', lambda: self.program.is_focused(entry))
        self.program.keys('type', 'telescope')
        self.result()
        self.pictures('2-search')

    def result(self):
        results = self.program.find('list', 'Messages Found')
        found = self.program.find('list item', lambda name: f'{NEEDLE} [spoiler]' in name, inside=results)
        assert not any(HIDDEN in (node.get_name() or '') for node in self.program.look(None, None, results))
        return found

    def escape(self):
        """Escape leads back to the conversation as it was"""
        self.program.keys('key', 'Escape')
        self.program.find('list', 'Messages')
        self.not_there(NEEDLE)

    def jump(self):
        """Enter opens what was found in its place"""
        self.program.keys('key', 'ctrl+f')
        self.result()
        self.program.keys('key', 'Return')
        found = self.message(NEEDLE)
        driver.wait_for('keyboard in the message', lambda: self.program.is_focused(found))
        self.pictures('3-jumped')
        self.program.keys('key', 'alt+Left')
        self.not_there(NEEDLE)

    def latest(self):
        self.program.press('Go to Latest')
        self.not_there(NEEDLE)
        driver.wait_for('end of the conversation', lambda: not any(
            self.program.is_showing(node) for node in self.program.look('button', lambda name: name.startswith('Go to Latest'))))

    def ask_date(self, key, times):
        """As many months from the day that is shown"""
        self.program.keys('key', 'ctrl+j')
        self.program.find('dialog', 'Go to Date')
        driver.wait_for('keyboard in the calendar', lambda: self.program.is_focused(self.program.find(name='Day')))
        for _ in range(times):
            self.program.keys('key', key)

    def date(self):
        """A day leads to what was said from then on, the first message is one button away, and the end is told as such"""
        self.ask_date('Page_Up', 4)
        self.pictures('5-date')
        self.program.keys('key', 'Return')
        driver.wait_for('keyboard in the message', lambda: self.program.is_focused(self.message(NEEDLE)))
        self.latest()
        self.ask_date('Up', 0)
        self.program.press('Go to First Message')
        driver.wait_for('keyboard in the message', lambda: self.program.is_focused(self.message(NEEDLE)))
        self.latest()
        self.ask_date('Down', 1)
        self.program.keys('key', 'Return')
        self.program.told('No messages since that day')
        self.program.find('list', 'Messages')

    def channel_date(self):
        """The menu of a channel leads to a day of it, wherever one is"""
        self.go('welcome')
        row = self.program.find('list item', lambda name: name.startswith('garden'), inside=self.program.find('list', 'Channels'))
        self.focus_channels()
        self.program.go_to_widget(row, 'Down')
        self.program.keys('key', 'Menu')
        self.program.activate('Go to Date…', role='menu item')
        self.program.find('dialog', 'Go to Date')
        self.title('garden')
        self.program.press('Go to First Message')
        driver.wait_for('keyboard in the message', lambda: self.program.is_focused(self.message(NEEDLE)))
        self.latest()

    def focus_channels(self):
        """Presses F6 until the keyboard is in the list of channels."""
        channels = self.program.find('list', 'Channels')

        def inside():
            return any(self.program.focused(row) for row in self.program.look('list item', None, channels))
        for _ in range(6):
            self.program.keys('key', 'F6')
            try:
                driver.wait_for('pane', inside, patience=1)
                return
            except driver.Missed:
                pass
        raise driver.Missed('F6 does not lead to the channels')

    def nothing(self):
        """What is nowhere is said to be nowhere"""
        self.program.keys('key', 'ctrl+shift+f')
        driver.wait_for('empty search', lambda: self.program.is_empty('Search Messages', 'entry'))
        self.pictures('4-empty')
        self.program.keys('type', 'xylophonist')
        self.program.find(name='No Messages Found')
        self.program.keys('key', 'Escape')
        self.program.find('list', 'Messages')

    def link(self):
        """A link to a message shows the message"""
        self.go('general')
        address = self.server.url.replace('ws://', '')
        self.other.send(cmd='message_new', channel='general', content=f'https://originchats.com/message/{address}/garden/{self.id}')
        self.program.go_to_widget(self.message(': #garden'), 'shift+Tab')
        self.program.move('Tab')
        self.program.keys('key', 'Return')
        self.title('garden')
        self.message(NEEDLE)

    def go(self, name):
        self.program.keys('key', 'ctrl+k')
        self.program.find('entry', 'Go To')
        self.program.keys('type', name)
        self.program.find('list item', lambda text: text.startswith(f'{name}, channel'))
        self.program.keys('key', 'Return')
        self.title(name)

    def unread(self):
        """The next channel with something to read"""
        self.go('welcome')
        self.other.send(cmd='message_new', channel='photos', content='Look, a heron')
        channels = self.program.find('list', 'Channels')
        self.program.find('list item', lambda name: name.startswith('photos, 3 unread'), inside=channels)
        for _ in range(12):
            self.program.keys('key', 'ctrl+alt+Next')
            frame = self.program.find('frame', lambda name: not self.program.place(name).startswith('welcome'))
            if self.program.place(frame.get_name()).startswith('photos'):
                break
        self.title('photos')

    def person(self):
        """Who somebody is, and a mention"""
        self.program.keys('key', 'ctrl+k')
        self.program.find('entry', 'Go To')
        self.program.keys('type', '@esme')
        self.program.find('list item', lambda name: name.startswith('Esme, person'))
        self.program.keys('key', 'Return')
        self.program.find('button', 'Mention')
        self.program.find('label', 'artist')
        self.pictures('5-person')
        self.program.press('Mention')
        driver.wait_for('mention', lambda: self.program.text_of('Message') == '@USR:local_esme ')

    def shortcuts(self):
        """All keys in one place"""
        self.program.keys('key', 'ctrl+question')
        row = self.program.find('list item', 'Search Everywhere')
        self.program.find('label', 'Shift+Ctrl+F', inside=row)
        self.pictures('6-shortcuts')
        self.program.keys('key', 'Escape')
        self.program.gone('dialog', 'Keyboard Shortcuts')

    def act(self):
        """What the menus do can be found by its name"""
        self.program.keys('key', 'ctrl+k')
        self.program.find('entry', 'Go To')
        self.program.keys('type', '>prefer')
        self.program.find('list item', lambda name: name.startswith('Preferences'))
        self.program.keys('key', 'Return')
        self.program.find('dialog', 'Preferences')
        self.program.keys('key', 'Escape')
        assert self.program.quit() == 0

    def run(self):
        try:
            return driver.run_steps([self.start, self.switcher, self.back, self.search, self.escape, self.jump, self.date, self.channel_date, self.nothing,
                                     self.link, self.unread, self.person, self.shortcuts, self.act])
        finally:
            if self.program is not None:
                self.program.stop()
            self.server.stop()
            driver.remove_folder(self.profile)


if __name__ == '__main__':
    sys.exit(Find(sys.argv[1]).run())
