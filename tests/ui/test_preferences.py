#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What people set takes effect at once.

test_preferences.py light|dark
"""
import os
import re
import subprocess
import sys

import driver
import other_site

PAGES = ('Appearance', 'Notifications', 'Privacy', 'Advanced')


class Preferences:
    def __init__(self, style):
        self.style = style
        self.profile = driver.temporary_folder()
        self.server = driver.Server('--auth', 'cracked', '--seed', os.environ['NATTER_TEST_SEED'])
        self.site = other_site.Site()
        self.other = None
        self.program = None

    def start(self):
        """The dialog opens with the keyboard"""
        join = os.path.join(self.profile, 'join')
        with open(join, 'w', encoding='utf-8') as file:
            file.write(f'{self.server.url}\ncleo\ncleo-pass\n')
        self.program = driver.Program(self.profile, '--join-file', join, dark=self.style == 'dark')
        self.program.find('list', 'Channels')
        self.program.go_to('general', 'alt+Down')
        self.program.find('list', 'Messages')
        self.other = driver.Client(self.server.url, 'wren')
        self.open()

    def open(self):
        self.program.keys('key', 'ctrl+comma')
        self.program.find('dialog', 'Preferences')

    def close(self):
        """Each toast that is shown takes an Escape, as anywhere on the desktop."""
        def closed():
            self.program.keys('key', 'Escape')
            try:
                return driver.wait_for('end of the dialog', lambda: not any(self.program.look('dialog', 'Preferences')), patience=3)
            except driver.Missed:
                return False
        driver.wait_for('end of the preferences', closed)

    def page(self, name):
        self.program.press_when(lambda title: title == name)

    def pages(self):
        """All pages, wide and narrow"""
        for page in PAGES:
            self.page(page)
            self.program.picture(f'preferences-{page.lower()}-{self.style}-wide')
        self.close()
        self.program.resize(360, 720)
        self.open()
        for page in PAGES:
            self.page(page)
            self.program.picture(f'preferences-{page.lower()}-{self.style}-narrow')
        self.close()
        self.program.resize(1200, 800)

    def heights(self):
        messages = self.program.find('list', 'Messages')
        return {item.get_name(): self.height(item) for item in self.program.look('list item', None, messages)}

    @staticmethod
    def height(node):
        return node.get_component_iface().get_extents(driver.Atspi.CoordType.WINDOW).height

    def room_around(self, text):
        """How much higher a message of one line is than its two lines, in pixels."""
        message = self.program.message(text)
        author = next(self.program.look('label', None, message))
        line = next(self.program.look('paragraph', None, message))
        return self.height(message) - self.height(author) - self.height(line)

    def less_room(self):
        """Compact messages need less room"""
        before = self.heights()
        self.choose('Appearance', 'Layout', ('Comfortable', 'Compact'), 'Compact')
        driver.wait_for('lower messages', lambda: self.is_lower(before))
        driver.wait_for('message that is as high as its text', lambda: self.room_around("you're a star, thank you") <= 4)
        self.program.picture(f'preferences-compact-{self.style}-wide')

    def is_lower(self, before):
        after = self.heights()
        both = [name for name in after if name in before]
        return both and all(after[name] < before[name] for name in both)

    def is_taller(self, before):
        """A line beside an avatar may have had room to grow."""
        after = self.heights()
        both = [name for name in after if name in before]
        return all(after[name] >= before[name] for name in both) and any(after[name] > before[name] for name in both)

    def larger_text(self):
        """Messages with larger text need more room"""
        before = self.heights()
        self.open()
        self.page('Appearance')
        size = self.program.find('spin button', lambda name: name.startswith('Text Size'))
        self.program.go_to_widget(size, 'Tab')
        for percent in ('110', '120', '130'):
            self.program.keys('key', 'Up')
            driver.wait_for(f'{percent} %', lambda percent=percent: self.value_of(size) == percent)
        self.close()
        driver.wait_for('taller messages', lambda: self.is_taller(before))
        self.program.picture(f'preferences-large-{self.style}-wide')

    @staticmethod
    def value_of(number):
        number.clear_cache_single()
        return str(round(number.get_value_iface().get_current_value()))

    def other_sites(self):
        """A picture of another site is not loaded before that is wanted, and then at once"""
        self.other.send(cmd='message_new', channel='general', content='A boat',
                        embeds=[{'type': 'rich', 'title': 'Boat', 'image': {'url': f'{self.site.url}/boat.png'}}])
        self.program.find(None, 'Picture of the Preview')
        assert not self.site.asked, self.site.asked
        self.choose_pictures('Don’t Show')
        self.program.gone(None, 'Picture of the Preview')
        assert not self.site.asked, self.site.asked
        self.choose_pictures('Show')
        driver.wait_for('picture', lambda: self.site.asked == ['/boat.png'])

    def choose_pictures(self, choice):
        self.choose('Privacy', 'Pictures From Other Sites', ('Don’t Show', 'Ask', 'Show'), choice)

    def choose(self, page, title, choices, choice):
        self.open()
        self.page(page)
        row = self.program.find('combo box', lambda name: name.startswith(title))
        self.program.go_to_widget(row, 'Tab')
        self.program.keys('key', 'space')
        self.program.find('label', choice)
        for key in ('Home', *('Down',) * choices.index(choice), 'Return'):
            self.program.keys('key', key)
        driver.wait_for(f'"{choice}"', lambda: any(self.program.is_showing(label) for label in self.program.look('label', choice, row)))
        self.close()

    def clear(self):
        """What is kept can be cleared"""
        files = os.path.join(self.profile, 'cache', 'files')
        driver.wait_for('kept picture', lambda: os.path.isdir(files) and os.listdir(files))
        self.open()
        self.page('Advanced')
        self.program.press('Clear', inside=self.program.find('list item', lambda name: name.startswith('Pictures and Files')))
        driver.wait_for('end of the kept picture', lambda: not os.listdir(files))
        kept = self.program.find('list item', lambda name: name.startswith('Kept Messages'))
        before = driver.wait_for('room that is taken', lambda: self.size(kept))
        self.program.press('Clear', inside=kept)
        driver.wait_for('less room taken', lambda: self.size(kept) < before)
        self.program.told('Kept messages cleared')
        self.close()

    def size(self, row):
        """What a row says how much room is taken, in kB; nothing while it is counted."""
        text = next(node.get_name() for node in self.program.look('label', lambda name: 'offline' in name, row))
        match = re.match(r'([0-9.]+)\s(kB|MB),', text)
        return float(match[1]) * (1000 if match[2] == 'MB' else 1) if match else None

    def silence(self):
        """Others don't see that one writes when one does not want it"""
        entry = self.program.find('text', 'Message')
        self.open()
        self.page('Privacy')
        self.program.switch('Send Typing Notifications')
        self.close()
        self.program.type('Message', 'hush')
        self.program.press('Send')
        self.other.wait_packet('message', lambda packet: packet.get('cmd') == 'message_new'
                               and packet['message']['content'] == 'hush')
        assert not any(packet.get('cmd') == 'typing' for packet in self.other.packets), self.other.packets
        driver.wait_for('empty entry', lambda: self.program.focused(entry) and self.program.is_empty('Message'))

    def read_marks(self):
        """What one reads is told to one's other devices, and not when one does not want it"""
        device = driver.Client(self.server.url, 'cleo')
        self.open()
        self.page('Privacy')
        self.program.switch('Send Read Marks')
        self.close()
        self.read('one for this computer')
        self.open()
        self.page('Privacy')
        self.program.switch('Send Read Marks')
        self.close()
        known = self.read('one for all')
        device.wait_packet('read mark', lambda packet: packet.get('cmd') == 'unreads_update')
        marks = [packet['last_read'] for packet in device.packets if packet.get('cmd') == 'unreads_update']
        assert marks == [known], (marks, known)

    def read(self, text):
        """Somebody writes, and it is seen."""
        self.other.send(cmd='message_new', channel='general', content=text)
        packet = self.other.wait_packet('message', lambda packet: packet.get('cmd') == 'message_new'
                                        and packet['message']['content'] == text)
        self.program.message(text)
        return packet['message']['id']

    def addresses(self):
        """Addresses can be changed, not to what can't be used, and set back"""
        self.open()
        self.page('Advanced')
        self.retype('Address of the Rotur API', 'nonsense')
        self.program.told('address')
        assert 'rotur-address' not in self.settings(), self.settings()
        self.retype('Address of the Rotur API', 'https://rotur.example.org')
        driver.wait_for('setting', lambda: "rotur-address='https://rotur.example.org'" in self.settings())
        self.program.picture(f'preferences-addresses-{self.style}-wide')
        self.program.go_to_widget(self.program.find('button', 'Reset These Addresses'), 'Tab')
        self.program.keys('key', 'Return')
        driver.wait_for('address as before', lambda: self.program.text_of('Address of the Rotur API') == 'https://api.rotur.dev')
        assert 'rotur-address' not in self.settings(), self.settings()
        self.close()

    def retype(self, name, text):
        """Puts another text into an entry, and applies it."""
        self.program.go_to_widget(self.program.find('text', name), 'Tab')
        self.program.keys('key', 'ctrl+a')
        self.program.keys('type', text)
        driver.wait_for(f'"{text}"', lambda: self.program.text_of(name) == text)
        self.program.keys('key', 'Return')

    def settings(self):
        """What is kept of the settings."""
        with open(os.path.join(self.profile, 'settings.ini'), encoding='utf-8') as file:
            return file.read()

    def shortcut(self, title):
        """Opens what changes the keys of a shortcut."""
        row = self.program.find('list item', lambda name: name.startswith(title))
        self.program.go_to_widget(row, 'Down')
        self.program.keys('key', 'Return')
        self.program.find('dialog', 'Change Shortcut')

    def keys_of(self, title):
        row = self.program.find('list item', lambda name: name.startswith(title))
        return [node.get_name() for node in self.program.look('label', None, row)][1:]

    def new_keys(self):
        """A shortcut gets other keys, which work at once"""
        self.program.keys('key', 'ctrl+question')
        self.program.find('dialog', 'Keyboard Shortcuts')
        self.program.keys('key', 'Tab')
        self.shortcut('Search Everywhere')
        self.program.keys('key', 'x')
        self.program.find('label', lambda name: 'write text' in name)
        assert not self.program.is_sensitive('button', 'Set')
        self.program.keys('key', 'ctrl+b')
        self.program.find('label', lambda name: 'Bold' in name)
        assert not self.program.is_sensitive('button', 'Set')
        self.program.keys('key', 'ctrl+k')
        self.program.find('label', lambda name: 'Go to a Channel' in name)
        self.program.picture(f'preferences-shortcut-{self.style}-wide')
        self.program.keys('key', 'ctrl+shift+y')
        self.program.find('label', 'These keys are free.')
        self.program.keys('key', 'Return')
        self.program.gone('dialog', 'Change Shortcut')
        assert self.keys_of('Search Everywhere') == ['Shift+Ctrl+Y'], self.keys_of('Search Everywhere')
        self.program.picture(f'preferences-shortcuts-{self.style}-wide')
        self.program.keys('key', 'Escape')
        self.program.gone('dialog', 'Keyboard Shortcuts')
        self.program.keys('key', 'ctrl+shift+y')
        self.program.find('button', 'Close Search')
        self.program.press('Close Search')

    def taken_keys(self):
        """Keys that did something else do it no longer, and all is as before when one wants so"""
        self.program.keys('key', 'ctrl+question')
        self.program.find('dialog', 'Keyboard Shortcuts')
        self.program.keys('key', 'Tab')
        self.shortcut('Search Everywhere')
        self.program.keys('key', 'ctrl+k')
        self.program.press('Set')
        self.program.gone('dialog', 'Change Shortcut')
        assert self.keys_of('Go to a Channel') == ['None'], self.keys_of('Go to a Channel')
        self.shortcut('Search Everywhere')
        self.program.press('Remove Shortcut')
        self.program.gone('dialog', 'Change Shortcut')
        assert self.keys_of('Search Everywhere') == ['None'], self.keys_of('Search Everywhere')
        self.program.press('Reset Shortcut', inside=self.program.find('list item', lambda name: name.startswith('Go to a Channel')))
        driver.wait_for('keys as before', lambda: self.keys_of('Go to a Channel') == ['Ctrl+K'])
        self.program.press('Reset All')
        driver.wait_for('keys as before', lambda: self.keys_of('Search Everywhere') == ['Shift+Ctrl+F'])
        self.program.keys('key', 'Escape')
        self.program.gone('dialog', 'Keyboard Shortcuts')
        self.program.keys('key', 'ctrl+k')
        self.program.find('dialog', 'Go To')
        self.program.keys('key', 'Escape')
        self.program.gone('dialog', 'Go To')

    def debug_info(self):
        """What the command line tells has versions, and nothing of the person"""
        text = subprocess.run([os.environ['NATTER_PROGRAM'], '--debug-info'], capture_output=True, text=True, check=True).stdout
        assert 'GTK: 4.' in text and 'SQLite: 3.' in text, text
        assert os.path.expanduser('~') not in text and os.uname().nodename not in text, text
        self.program.press('Main Menu', role='toggle button')
        assert self.program.find('menu item', 'About Natter').get_action_iface().do_action(0)
        self.program.activate('Troubleshooting')
        self.program.activate('Debugging Information')
        shown = driver.wait_for('debugging information', lambda: [node for node in self.program.look('text') if self.shows(node, 'SQLite')])[0]
        assert self.content(shown).strip() == text.strip(), (self.content(shown), text)
        for _ in range(3):
            self.program.keys('key', 'Escape')
        self.program.gone('dialog', lambda name: 'About' in name)

    @staticmethod
    def content(node):
        return driver.Atspi.Text.get_text(node, 0, driver.Atspi.Text.get_character_count(node))

    def shows(self, node, text):
        return self.program.is_showing(node) and text in self.content(node)

    def leave(self):
        """The program ends when asked"""
        status = self.program.quit()
        assert status == 0, status

    def run(self):
        try:
            return driver.run_steps([self.start, self.pages, self.less_room, self.larger_text, self.other_sites, self.clear, self.silence, self.read_marks, self.addresses, self.new_keys,
                                     self.taken_keys, self.debug_info, self.leave])
        finally:
            if self.program is not None:
                self.program.stop()
            self.server.stop()
            self.site.stop()
            driver.remove_folder(self.profile)


if __name__ == '__main__':
    sys.exit(Preferences(sys.argv[1]).run())
