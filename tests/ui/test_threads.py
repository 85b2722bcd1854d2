#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Forums and their threads, with a second client that sees what is written.

test_threads.py light|dark
"""
import os
import sys

import driver

FOUND = 'Lost: one umbrella 🌂'
LOCKED = 'Parking during the party'
TITLE = 'Who waters the tomatoes?'
RENAMED = 'Who waters all of it?'
FIRST = 'I am away from Friday on.'
ANSWER = 'It was mine, thank you all'
REPLY = 'I will, with pleasure'


class Threads:
    def __init__(self, style):
        self.style = style
        self.profile = driver.temporary_folder()
        self.server = driver.Server('--auth', 'cracked', '--seed', os.environ['NATTER_TEST_SEED'])
        self.other = None
        self.program = None
        self.thread = None

    def picture(self, step):
        self.program.picture(f'threads-{step}-{self.style}-wide')

    def pictures(self, step):
        self.program.resize(360, 720)
        self.program.picture(f'threads-{step}-{self.style}-narrow')
        self.program.resize(1200, 800)
        self.picture(step)

    def row(self, title):
        threads = self.program.find('list', 'Threads')
        return self.program.find('list item', lambda name: name.startswith(title), inside=threads)

    def open(self, title):
        row = self.row(title)
        self.program.go_to_widget(row, 'Tab' if not self.in_list() else 'Down')
        self.program.keys('key', 'Return')
        self.program.find('frame', lambda name: self.program.place(name).startswith(title))

    def in_list(self):
        threads = self.program.find('list', 'Threads')
        return any(self.program.focused(row) for row in self.program.look('list item', None, threads))

    def message(self, text):
        messages = self.program.find('list', 'Messages')
        return self.program.find('list item', lambda name: text in name, inside=messages)

    def start(self):
        """A forum lists its threads, the one written in last first"""
        join = os.path.join(self.profile, 'join')
        with open(join, 'w', encoding='utf-8') as file:
            file.write(f'{self.server.url}\ncleo\ncleo-pass\n')
        self.program = driver.Program(self.profile, '--join-file', join, dark=self.style == 'dark')
        self.program.find('list', 'Channels')
        self.program.go_to('help-desk', 'alt+Down')
        rows = [self.row(FOUND), self.row(LOCKED)]
        assert 'locked' in rows[1].get_name(), rows[1].get_name()
        names = [row.get_name() for row in self.program.look('list item', None, self.program.find('list', 'Threads'))]
        assert names.index(rows[0].get_name()) < names.index(rows[1].get_name()), names
        self.other = driver.Client(self.server.url, 'wren')
        self.pictures('1-forum')

    def search(self):
        """The list is searched"""
        self.program.go_to_widget(self.program.find('entry', 'Search Threads'), 'Tab')
        self.program.keys('type', 'umbr')
        self.program.gone('list item', lambda name: name.startswith(LOCKED))
        self.row(FOUND)
        self.program.keys('key', 'Return')
        self.message('wooden handle')

    def converse(self):
        """What is written in a thread is heard by others, and one takes part from then on"""
        self.program.write('Message', ANSWER)
        self.program.press('Send')
        packet = self.other.wait_packet('message', lambda packet: packet.get('cmd') == 'message_new'
                                        and packet.get('message', {}).get('content') == ANSWER)
        self.thread = packet['thread_id']
        assert self.thread and packet['channel'] == 'help-desk', packet
        self.other.wait_packet('joining', lambda packet: packet.get('cmd') == 'thread_join'
                               and packet.get('thread_id') == self.thread)
        channels = self.program.find('list', 'Channels')
        self.program.find('list item', lambda name: name.startswith(FOUND), inside=channels)
        self.other.send(cmd='message_new', thread_id=self.thread, content='You are welcome')
        self.message('You are welcome')
        self.pictures('2-thread')

    def narrow(self):
        """What a narrow header has no room for is in the menu of the thread"""
        self.program.resize(360, 720)
        self.program.gone('button', 'Search in This Channel')
        names = self.choose('Search in This Channel')
        assert 'Show Members' in names, names
        self.program.find('button', 'Close Search')
        self.program.keys('key', 'Escape')
        self.message('You are welcome')
        self.program.resize(1200, 800)
        self.program.find('button', 'Search in This Channel')

    def locked(self):
        """A locked thread can be read, and says why nothing can be written"""
        self.program.press('Back to Forum')
        self.program.find('frame', lambda name: self.program.place(name).startswith('help-desk'))
        self.open(LOCKED)
        self.message('Where can the cousins park?')
        self.program.find('label', lambda name: name.startswith('This thread is locked'))
        self.picture('3-locked')

    def create(self):
        """A new thread has a title and a first message"""
        self.program.press('Back to Forum')
        self.program.find('button', 'New Thread')
        # Here dialogs come up from the bottom.
        self.program.resize(360, 720)
        self.program.press('New Thread')
        self.program.find('dialog', 'New Thread')
        title = self.program.find('text', 'Title')
        driver.wait_for('keyboard in the title', lambda: self.program.is_focused(title))
        self.program.write('Title', TITLE)
        self.program.find('label', 'First Message')
        self.program.write('First Message', FIRST)
        self.program.gone('label', 'First Message')
        self.pictures('4-new')
        self.program.press('Create')
        self.message(FIRST)
        created = self.other.wait_packet('thread', lambda packet: packet.get('cmd') == 'thread_create'
                                         and packet['thread']['name'] == TITLE)
        self.thread = created['thread']['id']
        self.other.wait_packet('first message', lambda packet: packet.get('cmd') == 'message_new'
                               and packet.get('thread_id') == self.thread and packet['message']['content'] == FIRST)
        self.other.send(cmd='message_new', thread_id=self.thread, content=REPLY)
        self.message(REPLY)

    def unread(self):
        """What others write in a thread meanwhile is counted"""
        self.program.press('Back to Forum')
        self.row(TITLE)
        self.other.send(cmd='message_new', thread_id=self.thread, content='Both kinds?')
        self.program.find('list item', lambda name: name.startswith(TITLE) and '1 unread message' in name,
                          inside=self.program.find('list', 'Threads'))
        self.open(TITLE)
        self.message('Both kinds?')

    def choose(self, name, picture=None):
        """Takes an item of the menu of the thread that is shown."""
        self.program.press('Thread Menu', 'toggle button')
        item = self.program.find('menu item', name)
        if picture:
            self.program.picture(f'threads-{picture}-{self.style}-wide', whole=True)
        names = [node.get_name() for node in self.program.look('menu item') if self.program.is_showing(node)]
        assert item.get_action_iface().do_action(0)
        self.program.gone('menu item', name)
        return names

    def changed(self, what, **members):
        self.other.wait_packet(what, lambda packet: packet.get('cmd') == 'thread_update'
                               and all(packet['thread'].get(name) == value for name, value in members.items()))

    def menu(self):
        """Its creator renames a thread and puts it away; nobody else's right is in the menu"""
        names = self.choose('Rename…', '5-menu')
        assert {'Rename…', 'Archive', 'Delete…', 'Leave Thread'} <= set(names) and 'Lock' not in names, names
        self.program.find(None, 'Rename Thread')
        entry = self.program.find('text', 'Title')
        driver.wait_for('keyboard in the title', lambda: self.program.is_focused(entry))
        entry.get_editable_text_iface().set_text_contents(RENAMED)
        self.picture('6-rename')
        self.program.press('Rename')
        self.changed('new name', name=RENAMED)
        self.program.find('frame', lambda name: self.program.place(name).startswith(RENAMED))
        self.choose('Archive')
        self.changed('archive', archived=True)
        self.choose('Take Out of Archive')
        self.changed('end of the archive', archived=False)

    def lock(self):
        """Who has the right to locks a thread, and opens it again"""
        self.other.send(cmd='user_roles_set', user='USR:local_cleo', roles=['owner', 'user'])
        self.other.wait_packet('roles', lambda packet: packet.get('cmd') == 'user_roles_get')
        self.choose('Lock')
        self.changed('lock', locked=True)
        self.program.find('label', lambda name: name.startswith('This thread is locked'))
        self.choose('Unlock')
        self.changed('end of the lock', locked=False)
        self.program.find('text', 'Message')

    def part(self):
        """One leaves a thread, which goes from the list of channels, and joins it again"""
        channels = self.program.find('list', 'Channels')
        self.open(FOUND)
        self.choose('Leave Thread')
        self.other.wait_packet('leaving', lambda packet: packet.get('cmd') == 'thread_leave' and packet.get('user') == 'USR:local_cleo')
        driver.wait_for('end of the row', lambda: not any(self.program.look('list item', lambda name: name.startswith(FOUND), channels)))
        self.choose('Join Thread')
        self.program.find('list item', lambda name: name.startswith(FOUND), inside=channels)

    def delete(self):
        """A thread is deleted after a question"""
        self.choose('Delete…')
        self.program.find(None, 'Delete Thread?')
        self.picture('7-delete')
        self.program.press('Delete')
        self.other.wait_packet('deletion', lambda packet: packet.get('cmd') == 'thread_delete')
        self.program.find('frame', lambda name: self.program.place(name).startswith('help-desk'))
        self.program.gone('list item', lambda name: name.startswith(FOUND))

    def gone(self):
        """A thread that is deleted leaves one in its forum"""
        self.other.send(cmd='thread_delete', thread_id=self.thread)
        self.program.find('frame', lambda name: self.program.place(name).startswith('help-desk'))
        self.program.gone('list item', lambda name: name.startswith(RENAMED))

    def leave(self):
        """The program ends when asked"""
        status = self.program.quit()
        assert status == 0, status

    def run(self):
        try:
            return driver.run_steps([self.start, self.search, self.converse, self.narrow, self.locked, self.create, self.unread, self.menu,
                                     self.lock, self.gone, self.part, self.delete, self.leave])
        finally:
            if self.program is not None:
                self.program.stop()
            self.server.stop()
            driver.remove_folder(self.profile)


if __name__ == '__main__':
    sys.exit(Threads(sys.argv[1]).run())
