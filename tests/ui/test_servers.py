#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Five servers, one of them twice: order, folders, removing, leaving, and coming back after a loss.

test_servers.py light|dark
"""
import json
import os
import sys

import driver

SERVERS = ('Harbour', 'Orchard', 'Tin Roof', 'Quarry')
PASSWORD = 'seven-small-boats'
UNSENT, BEGUN = 'The apples are ripe', 'And the pears'

MARK_AS_READ, NOTIFICATIONS, MOVE_TO_FOLDER, REMOVE, LEAVE = 'Mark as Read', 'Notifications', 'Move to Folder', 'Remove From List', 'Leave Server…'
RECONNECT = ('Reconnect', 'Try Again')
# Places in a submenu, in which the first item leads back, and in the menu of a folder.
FOLDER_COLOR = 2
KEEP_OFFLINE, CLEAR = 5, 6  # of a channel


def starts(text):
    return lambda name: name.startswith(text)


class Servers:
    def __init__(self, style):
        self.style = style
        self.profile = driver.temporary_folder()
        self.servers = {'Lantern Street': driver.Server('--auth', 'cracked', '--seed', os.environ['NATTER_TEST_SEED'])}
        for name in SERVERS:
            self.servers[name] = driver.Server('--auth', 'cracked', '--seed', self.seed(name))
        self.program = None

    def seed(self, name):
        path = os.path.join(self.profile, f'{name}.json')
        with open(path, 'w', encoding='utf-8') as file:
            json.dump({'server': {'name': name}, 'roles': {'user': {}, 'owner': {}},
                       'channels': [{'type': 'text', 'name': 'general', 'permissions': {'view': ['user'], 'send': ['user']}},
                                    {'type': 'separator', 'name': 'Rooms', 'permissions': {'view': ['user']}},
                                    {'type': 'text', 'name': 'attic', 'permissions': {'view': ['user'], 'send': ['user']}}]}, file)
        return path

    def pictures(self, step):
        """Wide last, which is how the next step goes on."""
        self.program.resize(360, 720)
        self.program.picture(f'servers-{step}-{self.style}-narrow')
        self.program.resize(1200, 800)
        self.program.picture(f'servers-{step}-{self.style}-wide')

    def start(self):
        self.program = driver.Program(self.profile, dark=self.style == 'dark')

    def add(self, server, user, first=False):
        self.program.press('Add Server')
        self.program.type('Server Address', self.servers[server].url)
        self.program.press('Continue')
        self.program.find(name=server)
        self.program.press('Continue')
        self.program.type('Username', user)
        self.program.type('Password', f'{user}-pass' if user == 'cleo' else PASSWORD)
        self.program.press('Sign In' if user == 'cleo' else 'Register')
        self.program.gone('button', 'Register')
        self.row(server if first else starts(server))

    def rows(self):
        """The names of what is in the rail, from top to bottom."""
        rail = self.program.find('list', 'Servers')
        return [row.get_name() for row in self.program.look('list item', None, rail)]

    def row(self, name):
        rail = self.program.find('list', 'Servers')
        return self.program.find('list item', name if callable(name) else starts(name), rail)

    def order(self, *names):
        """Waits for an order; a name is the beginning of what is there."""
        driver.wait_for(f'order {names}, there is {self.rows()}', lambda: len(self.rows()) == len(names)
                        and all(row.startswith(name) for row, name in zip(self.rows(), names)))

    def focus(self, name):
        """Goes to a row of the rail with the arrow keys."""
        self.pane('Servers')
        self.program.keys('key', 'Home')
        for _ in range(12):
            row = self.row(name)
            if self.program.is_focused(row):
                return row
            self.program.keys('key', 'Down')
            try:
                driver.wait_for('focus', lambda row=row: self.program.is_focused(row), patience=0.5)
            except driver.Missed:
                pass
        raise driver.Missed(f'the keyboard does not reach {name}')

    def pane(self, name):
        """Presses F6 until the keyboard is in a list that can be seen."""
        def inside():
            return any(self.program.is_focused(row) and self.program.is_showing(row)
                       for found in self.program.look('list', name) for row in self.program.look('list item', None, found))
        for _ in range(6):
            if inside():
                return
            self.program.keys('key', 'F6')
            try:
                driver.wait_for('pane', inside, patience=1)
            except driver.Missed:
                pass
        self.program.dump()
        raise driver.Missed(f'F6 does not lead to {name}')

    def choose(self, name, *path):
        """Opens the menu of a row with the keyboard and takes an item, by a name or its place."""
        row = self.focus(name)
        self.program.keys('key', 'shift+F10')
        for place in path:
            item = driver.wait_for('menu', lambda: self.item(row, place))
            if not item.get_action_iface().do_action(0):
                self.program.dump()
                raise AssertionError(f'item {place} can\'t be taken')
            driver.wait_for('next page of the menu', lambda item=item: item not in self.items(row))
        driver.wait_for('end of the menu', lambda: not self.items(row))

    def item(self, row, place):
        items = self.items(row)
        if isinstance(place, int):
            return items[place] if place < len(items) else None
        names = (place,) if isinstance(place, str) else place
        return next((item for item in items if item.get_name() in names), None)

    def items(self, row):
        """The items of the menu that can be seen."""
        try:
            return [item for item in self.program.look(None, None, row)
                    if 'menu item' in item.get_role_name() and self.program.is_showing(item)]
        except driver.GLib.Error:  # what was chosen did away with the row
            return []

    def join(self):
        """Five servers are joined, one of them as two people"""
        self.start()
        self.program.find('button', 'Add Server')
        self.add('Lantern Street', 'cleo', first=True)
        for name in SERVERS:
            self.add(name, 'harbour_cat')
        self.add('Lantern Street', 'harbour_cat')
        self.order('Lantern Street as Cleo', *SERVERS, 'Lantern Street as harbour_cat')
        self.pictures('1-joined')

    def keyboard(self):
        """A server is moved with the keyboard, and stays there"""
        self.focus('Quarry')
        self.program.keys('key', 'ctrl+shift+Page_Up')
        self.order('Lantern Street as Cleo', 'Harbour', 'Orchard', 'Quarry', 'Tin Roof', 'Lantern Street as harbour_cat')
        self.program.keys('key', 'ctrl+shift+Page_Up')
        self.order('Lantern Street as Cleo', 'Harbour', 'Quarry', 'Orchard', 'Tin Roof', 'Lantern Street as harbour_cat')
        assert self.program.is_focused(self.row('Quarry')), 'the keyboard left the server that was moved'

    def folder(self):
        """A folder is made, filled, folded and opened"""
        self.choose('Harbour', MOVE_TO_FOLDER, 1)
        self.program.type('Folder Name', 'Boats')
        self.program.keys('key', 'Return')
        self.order('Lantern Street as Cleo', 'Folder Boats', 'Harbour', 'Quarry', 'Orchard', 'Tin Roof', 'Lantern Street as harbour_cat')
        self.choose('Quarry', MOVE_TO_FOLDER, 1)
        self.choose('Folder Boats', FOLDER_COLOR, 4)
        self.pictures('2-folder')
        self.focus('Folder Boats')
        self.program.keys('key', 'Return')
        self.order('Lantern Street as Cleo', 'Folder Boats', 'Orchard', 'Tin Roof', 'Lantern Street as harbour_cat')
        self.pictures('3-folded')

    def back(self):
        """The order and the folder are there after a restart"""
        assert self.program.quit() == 0
        self.start()
        self.order('Lantern Street as Cleo', 'Folder Boats', 'Orchard', 'Tin Roof', 'Lantern Street as harbour_cat')
        self.focus('Folder Boats')
        self.program.keys('key', 'Return')
        self.order('Lantern Street as Cleo', 'Folder Boats', 'Harbour', 'Quarry', 'Orchard', 'Tin Roof', 'Lantern Street as harbour_cat')

    def roles(self):
        """One gives oneself a role, and gives it back"""
        other = driver.Client(self.servers['Lantern Street'].url, 'wren')
        self.choose('Lantern Street as Cleo', 'My Roles…')
        self.program.find('dialog', 'My Roles')
        self.pictures('4-roles')
        for cmd in ('self_role_add', 'self_role_remove'):
            self.program.switch('gardener')
            other.wait_packet(cmd, lambda packet: packet.get('cmd') == 'user_roles_get' and packet.get('user') == 'USR:local_cleo'
                              and ('gardener' in packet['roles']) == (cmd == 'self_role_add'))
        self.program.keys('key', 'Escape')
        self.program.gone('dialog', 'My Roles')

    def lost(self):
        """A server that is lost says so, and comes back"""
        self.servers['Orchard'].control(do='faults', refuse='close')
        self.servers['Orchard'].control(do='drop')
        row = self.row(lambda name: name.startswith('Orchard, ') and ('waiting' in name or 'offline' in name))
        driver.wait_for('reason', row.get_description)
        self.pictures('4-lost')
        self.servers['Orchard'].control(do='faults', none=True)
        self.choose('Orchard', RECONNECT)
        self.row(lambda name: name == 'Orchard')

    def badges(self):
        """A mention is counted, at the folder too, and not while muted"""
        other = driver.Client(self.servers['Harbour'].url, 'harbour_dog', register=True)
        other.send(cmd='message_new', channel='attic', content='@USR:local_harbour_cat the boat!')
        self.row(lambda name: name.startswith('Harbour, 1 mention'))
        self.row(lambda name: name.startswith('Folder Boats, 1 mention'))
        self.pictures('5-mention')
        self.choose('Harbour', NOTIFICATIONS, 4, 1)
        self.row(lambda name: name == 'Harbour, muted')
        self.row(lambda name: name == 'Folder Boats')
        self.choose('Harbour', NOTIFICATIONS, 4)
        self.row(lambda name: name.startswith('Harbour, 1 mention'))
        self.choose('Harbour', MARK_AS_READ)
        self.row(lambda name: name == 'Harbour')

    def sections(self):
        """A section of channels folds"""
        self.focus('Harbour')
        self.program.keys('key', 'Return')
        channels = self.program.find('list', 'Channels')
        self.program.find('list item', starts('attic'), channels)
        self.pane('Channels')
        self.program.keys('key', 'Home')
        self.program.keys('key', 'Down')
        driver.wait_for('keyboard at the heading', lambda: any(self.program.is_focused(row) for row in self.program.look('list item', 'Rooms', channels)))
        self.program.keys('key', 'Return')
        driver.wait_for('end of the section', lambda: not any(self.program.look('list item', starts('attic'), channels)))
        self.program.keys('key', 'Return')
        self.program.find('list item', starts('attic'), channels)

    def channel_menu(self, name):
        """Opens the menu of a channel with the keyboard; its items."""
        self.pane('Channels')
        row = self.program.find('list item', starts(name), self.program.find('list', 'Channels'))
        self.program.go_to_widget(row, 'Down')
        self.program.keys('key', 'shift+F10')
        return row, driver.wait_for('menu', lambda: self.items(row))

    def keeping(self):
        """The history of a channel is kept offline, and what is kept of it is cleared"""
        def is_checked(item):
            item.clear_cache_single()
            return item.get_state_set().contains(driver.Atspi.StateType.CHECKED)
        row, items = self.channel_menu('attic')
        assert not is_checked(items[KEEP_OFFLINE])
        self.program.picture(f'servers-channel-menu-{self.style}', whole=True)
        items[KEEP_OFFLINE].get_action_iface().do_action(0)
        driver.wait_for('end of the menu', lambda: not self.items(row))
        row, items = self.channel_menu('attic')
        driver.wait_for('check', lambda: is_checked(items[KEEP_OFFLINE]))
        items[CLEAR].get_action_iface().do_action(0)
        self.program.told('Kept messages cleared')

    def offered(self):
        """What a screen reader offers to do with a row is to open it, and not one of the things in its menu"""
        for name in ('Servers', 'Channels'):
            for row in self.program.look('list item', None, self.program.find('list', name)):
                actions = row.get_action_iface()
                offered = [actions.get_action_name(i) for i in range(actions.get_n_actions())] if actions is not None else []
                assert offered == ['activate'], (row.get_name(), offered)
        self.open('Servers', 'Quarry')
        self.program.find('frame', lambda name: self.program.place(name) == 'general · Quarry')
        self.open('Channels', 'attic')
        self.program.find('frame', lambda name: self.program.place(name) == 'attic · Quarry')
        self.open('Channels', 'Rooms')
        driver.wait_for('end of the section', lambda: not any(self.program.look('list item', starts('attic'))))
        self.open('Channels', 'Rooms')

    def open(self, pane, name):
        """Does with a row what a screen reader does."""
        row = self.program.find('list item', starts(name), self.program.find('list', pane))
        assert row.get_action_iface().do_action(0), name

    def narrow(self):
        """The open conversation stays when the window gets narrow"""
        self.program.find('text', 'Message')
        self.program.resize(360, 720)
        self.program.find('text', 'Message')
        self.pane('Channels')
        self.pane('Servers')
        self.program.resize(1200, 800)

    def remove(self):
        """A server is removed, and the removal undone: what was not sent and what was begun is there again"""
        orchard = self.servers['Orchard']
        self.focus('Orchard')
        self.program.keys('key', 'Return')
        self.program.go_to('general', 'alt+Down')
        orchard.control(do='faults', refuse='close')
        orchard.control(do='drop')
        self.program.find(name=lambda name: 'You are offline' in name)
        self.program.type('Message', UNSENT)
        self.program.keys('key', 'Return')
        self.program.find('list item', lambda name: f'{UNSENT} (waiting for connection)' in name)
        driver.wait_for('empty entry', lambda: self.program.is_empty('Message'))
        self.program.keys('type', BEGUN)
        self.choose('Orchard', REMOVE)
        self.order('Lantern Street as Cleo', 'Folder Boats', 'Harbour', 'Quarry', 'Tin Roof', 'Lantern Street as harbour_cat')
        self.program.find(name=starts('1 unsent message removed with “Orchard”'))
        self.pictures('6-removed')
        self.program.press('Undo')
        self.order('Lantern Street as Cleo', 'Folder Boats', 'Harbour', 'Quarry', 'Orchard', 'Tin Roof', 'Lantern Street as harbour_cat')
        self.program.find('list item', lambda name: f'{UNSENT} (waiting for connection)' in name)
        driver.wait_for('what was begun', lambda: self.program.text_of('Message') == BEGUN)
        orchard.control(do='faults', none=True)
        self.choose('Orchard', RECONNECT)
        self.row(lambda name: name == 'Orchard')
        self.program.find('list item', lambda name: name.endswith(UNSENT))
        driver.wait_for('message at the server', lambda: self.sent_to(orchard) == [UNSENT])

    @staticmethod
    def sent_to(server):
        answers = server.control(do='act', user='USR:local_harbour_cat',
                                 packet={'cmd': 'messages_get', 'channel': 'general', 'limit': 20})['answers']
        return [message['content'] for answer in answers for message in answer.get('messages', [])]

    def leave(self):
        """A server is left for good, and the other identity stays"""
        # The answers are one above the other in a narrow window, the other way round.
        self.program.resize(360, 720)
        self.choose('Lantern Street as harbour_cat', LEAVE)
        self.program.find(name=starts('Leave “Lantern Street”'))
        cancel = self.program.find('button', 'Cancel')
        driver.wait_for('keyboard at what changes nothing', lambda: self.program.focused(cancel))
        self.pictures('7-leave')
        self.program.press('Delete Account and Leave')
        self.order('Lantern Street', 'Folder Boats', 'Harbour', 'Quarry', 'Orchard', 'Tin Roof')
        self.row(lambda name: name.startswith('Lantern Street') and ' as ' not in name)
        status = self.servers['Lantern Street'].control(do='status')
        assert status['received'].get('user_leave') == 1, status
        assert self.program.quit() == 0

    def run(self):
        try:
            return driver.run_steps([self.join, self.keyboard, self.folder, self.back, self.roles, self.lost, self.badges, self.sections,
                                     self.keeping, self.offered, self.narrow, self.remove, self.leave])
        finally:
            if self.program is not None:
                self.program.stop()
            for server in self.servers.values():
                server.stop()
            driver.remove_folder(self.profile)


if __name__ == '__main__':
    sys.exit(Servers(sys.argv[1]).run())
