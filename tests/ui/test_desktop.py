#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the desktop starts Natter, searches in it and lets it run: by its name on the bus, with a portal of the test's own."""
import configparser
import os
import re
import sys

import driver
import portal_service
from gi.repository import Gio, GLib

ID = 'dev.natter.Natter'
PATH = '/dev/natter/Natter'
SEARCH = 'org.gnome.Shell.SearchProvider2'
TEXT = 'The ferry leaves at ||noon|| from the **old pier**'


class Started(driver.Program):
    """Natter, which the bus starts."""

    def __init__(self, start):  # pylint: disable=super-init-not-called # there is no process to begin
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        start()
        self.number = self.call_bus('GetConnectionUnixProcessID', '(s)', ID)
        self.process = self
        self.focus_moves = 0
        self.listener = driver.Atspi.EventListener.new(self._focus_moved)
        self.listener.register('object:state-changed:focused')
        self.comes_back()

    # As of a process that this one has begun.
    @property
    def pid(self):
        return self.number

    def poll(self):
        return None if os.path.exists(f'/proc/{self.number}') else 0

    def call_bus(self, method, kind, *arguments):
        return self.bus.call_sync('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus', method,
                                  GLib.Variant(kind, arguments), None, Gio.DBusCallFlags.NONE, -1, None).unpack()[0]


class Desktop:
    def __init__(self):
        self.server = driver.Server('--auth', 'cracked', '--seed', os.environ['NATTER_TEST_SEED'])
        self.portal = portal_service.Portal()
        self.portal.clock = '12h'
        self.bus = self.portal.bus
        self.program = None
        self.other = None

    def install(self):
        """The service file is where the bus finds it, and the desktop is told where to search"""
        folder = os.path.join(os.environ['XDG_DATA_HOME'], 'dbus-1', 'services')
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(os.environ['NATTER_DATA'], f'{ID}.service'), encoding='utf-8') as file:
            service = file.read()
        line = next(line for line in service.splitlines() if line.startswith('Exec='))
        _program, *arguments = line.removeprefix('Exec=').split()
        with open(os.path.join(folder, f'{ID}.service'), 'w', encoding='utf-8') as file:
            file.write(service.replace(line, f'Exec={" ".join([os.environ["NATTER_PROGRAM"], *arguments])}'))
        provider = configparser.ConfigParser()
        provider.read(os.path.join(os.environ['NATTER_DATA'], f'{ID}.search-provider.ini'))
        assert dict(provider['Shell Search Provider']) == {'desktopid': f'{ID}.desktop', 'busname': ID, 'version': '2',
                                                           'objectpath': f'{PATH}/SearchProvider'}
        entry = configparser.ConfigParser(interpolation=None)
        entry.read(os.path.join(os.environ['NATTER_DATA'], f'{ID}.desktop'))
        for action in ('add-server', 'quit'):
            assert action in entry['Desktop Entry']['Actions'].split(';')
            assert entry[f'Desktop Action {action}']['Exec'] == f'gapplication action {ID} {action}'
        environment = {name: os.environ[name] for name in ('DISPLAY', 'GSETTINGS_SCHEMA_DIR', 'LC_ALL', 'HOME', 'XDG_CONFIG_HOME',
                                                           'XDG_DATA_HOME', 'XDG_CACHE_HOME', 'XDG_RUNTIME_DIR')}
        environment.update(GTK_A11Y='atspi', GSETTINGS_BACKEND='keyfile', GTK_USE_PORTAL='1', GDK_DEBUG='no-portals', XDG_CURRENT_DESKTOP='GNOME',
                           ADW_DEBUG_COLOR_SCHEME='prefer-light')
        self.call('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus', 'UpdateActivationEnvironment',
                  '(a{ss})', environment)
        self.call('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus', 'ReloadConfig')

    def call(self, name, path, interface, method, kind=None, *arguments):
        """Waits with the main loop, which answers as the portal."""
        answers = []

        def answered(bus, result):
            try:
                answers.append(bus.call_finish(result))
            except GLib.Error as error:
                answers.append(error)
        self.bus.call(name, path, interface, method, GLib.Variant(kind, arguments) if kind else None, None,
                      Gio.DBusCallFlags.NONE, driver.PATIENCE * 1000, None, answered)
        answer = driver.wait_for(f'answer of {method}', lambda: answers)[0]
        if isinstance(answer, GLib.Error):
            raise answer
        return answer.unpack()

    def application(self, method, kind, *arguments):
        return self.call(ID, PATH, 'org.freedesktop.Application', method, kind, *arguments)

    def search(self, *words):
        return self.call(ID, f'{PATH}/SearchProvider', SEARCH, 'GetInitialResultSet', '(as)', words)[0]

    def metas(self, ids):
        return self.call(ID, f'{PATH}/SearchProvider', SEARCH, 'GetResultMetas', '(as)', ids)[0]

    def is_running(self):
        return self.call('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus', 'NameHasOwner', '(s)', ID)[0]

    def quit(self):
        self.application('ActivateAction', '(sava{sv})', 'quit', [], {})
        driver.wait_for('end of the program', lambda: not self.is_running())

    def activate(self):
        """Its name alone starts it, with a window"""
        assert not self.is_running()
        self.program = Started(lambda: self.application('Activate', '(a{sv})', {}))
        self.program.find('button', 'Add Server')
        self.quit()

    def open(self):
        """A link to a server starts it and offers to add the server"""
        address = 'originchats://' + self.server.url.split('://')[1]
        self.program = Started(lambda: self.application('Open', '(asa{sv})', [address], {}))
        self.program.find('text', 'Server Address')
        assert self.program.text_of('Server Address') == address
        self.program.press('Continue')
        self.program.find(name='Lantern Street')
        self.program.press('Continue')
        self.program.type('Username', 'cleo')
        self.program.type('Password', 'cleo-pass')
        self.program.press('Sign In')
        self.program.gone('button', 'Sign In')
        self.program.find('list', 'Channels')
        self.program.go_to('general', 'alt+Down')
        self.other = driver.Client(self.server.url, 'wren')
        self.other.send(cmd='message_new', channel='general', content=TEXT)
        self.program.find('list item', lambda name: 'ferry' in name)
        self.program.go_to('kitchen', 'alt+Down')
        self.quit()
        driver.wait_for('end of the connection', lambda: self.server.signed_in() == 1)

    def find(self):
        """The desktop's search finds what is kept, and nobody on the server notices"""
        ids = self.search('ferry')
        metas = self.metas(ids)
        assert [meta['description'] for meta in metas] == ['The ferry leaves at [spoiler] from the old pier'], metas
        assert metas[0]['name'] == 'Wren in general', metas
        assert metas[0]['id'] == ids[0] and 'noon' not in str(metas), metas
        names = [meta['name'] for meta in self.metas(self.search('garden'))]
        assert names[0] == 'garden', names
        names = [meta['name'] for meta in self.metas(self.search('wren'))]
        assert names[0] == 'Wren', names
        assert not self.search('no-such-word-anywhere')
        assert not self.search('e'), 'one letter is in everything'
        assert self.server.signed_in() == 1, 'a search connects'
        assert not self.has_window(), 'a search opens a window'

    def has_window(self):
        number = self.call('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus', 'GetConnectionUnixProcessID', '(s)', ID)[0]
        return driver.window_of(number) is not None

    def locked(self):
        """Nothing is found while the screen is locked"""
        ids = self.search('ferry')
        assert ids
        self.portal.lock(True)
        assert not self.search('ferry')
        assert not self.metas(ids)
        self.portal.lock(False)
        assert self.search('ferry') == ids

    def locked_at_start(self):
        """Nor by a program that the search starts, however late it hears of the lock"""
        self.quit()
        self.portal.lock(True)
        self.portal.tells_late = True
        assert not self.search('ferry')
        self.portal.tells_late = False
        self.portal.lock(False)
        assert self.search('ferry')

    def chosen(self):
        """What is chosen there is shown in its place, also when the program has ended since it was found"""
        ids = self.search('ferry')
        self.quit()
        self.program = Started(lambda: self.call(ID, f'{PATH}/SearchProvider', SEARCH, 'ActivateResult', '(sasu)', ids[0], ['ferry'], 0))
        self.program.find('frame', lambda name: 'general' in name)
        messages = self.program.find('list', 'Messages')
        self.program.find('list item', lambda name: 'ferry' in name, inside=messages)
        driver.wait_for('connection', lambda: self.server.signed_in() == 2)
        person = self.search('wren')[0]
        self.call(ID, f'{PATH}/SearchProvider', SEARCH, 'ActivateResult', '(sasu)', person, ['wren'], 0)
        self.program.find('button', 'Mention')
        self.program.keys('key', 'Escape')

    def notified(self):
        """A notification that outlived the program starts it, where it points to"""
        _kind, server, message = self.search('ferry')[0].split('/')
        self.quit()
        self.program = Started(lambda: self.application('ActivateAction', '(sava{sv})', 'show-message',
                                                        [GLib.Variant('(sss)', (server, 'general', message))], {}))
        messages = self.program.find('list', 'Messages')
        self.program.find('list item', lambda name: 'ferry' in name, inside=messages)

    def clock(self):
        """Times are shown as the desktop shows them, also when that changes"""
        self.time_is(r'\d?\d:\d\d [AP]M')
        self.portal.set_clock('24h')
        self.time_is(r'\d\d:\d\d')
        self.portal.set_clock('12h')
        self.time_is(r'\d?\d:\d\d [AP]M')

    def time_is(self, pattern):
        messages = self.program.find('list', 'Messages')

        def named(name):
            return re.fullmatch(rf'Wren, {pattern}: The ferry.*', name)
        message = self.program.find('list item', named, inside=messages)
        driver.wait_for(f'time like {pattern}', lambda: any(self.program.look('label', lambda name: re.fullmatch(pattern, name), message)))

    def say(self, channel, text):
        """As somebody else; the id of the message."""
        answers = self.server.control(do='act', user='USR:local_wren', packet={'cmd': 'message_new', 'channel': channel, 'content': text})
        return next(answer['message']['id'] for answer in answers['answers'] if answer['cmd'] == 'message_new')

    def unread(self, channel):
        answers = self.server.control(do='act', user='USR:local_cleo', packet={'cmd': 'unreads_count', 'channel': channel})['answers']
        return answers[0]['unread_count']

    def marked(self):
        """Mark as Read of such a notification is done all the same, without a window"""
        server = self.search('ferry')[0].split('/')[1]
        self.quit()
        message = self.say('kitchen', 'Soup, @USR:local_cleo')
        assert self.unread('kitchen') == 1
        self.application('ActivateAction', '(sava{sv})', 'mark-read', [GLib.Variant('(sss)', (server, 'kitchen', message))], {})
        driver.wait_for('read mark', lambda: self.unread('kitchen') == 0)
        assert not self.has_window()
        self.quit()

    def muted(self):
        """And so is Mute, without a connection"""
        server = self.search('ferry')[0].split('/')[1]
        self.quit()
        self.application('ActivateAction', '(sava{sv})', 'mute', [GLib.Variant('(ss)', (server, 'kitchen'))], {})
        # Is answered when the lists are read.
        self.search('ferry')
        assert not self.has_window() and self.server.signed_in() == 1
        self.quit()
        self.program = Started(lambda: self.application('Activate', '(a{sv})', {}))
        driver.wait_for('connection', lambda: self.server.signed_in() == 2)
        # A thread in which one takes part is unread.
        self.program.find('frame', lambda name: name.startswith('(4) general'))
        self.say('kitchen', 'More soup, @USR:local_cleo')
        self.say('garden', 'Beans, @USR:local_cleo')
        self.program.find('frame', lambda name: 'general' in name and not name.startswith('(4)'))
        self.program.find('frame', lambda name: name.startswith('(5) general'))

    def more(self):
        """All that is found is shown by the program itself"""
        self.call(ID, f'{PATH}/SearchProvider', SEARCH, 'LaunchSearch', '(asu)', ['old', 'pier'], 0)
        self.program.find('button', 'Close Search')
        assert self.program.text_of('Search Messages', role='entry') == 'old pier'
        self.program.find('list item', lambda name: 'ferry' in name)
        self.program.press('Close Search')

    def background(self):
        """The portal is asked whether it may keep running and start with the desktop"""
        self.settings('Keep Running', 'Start With the Desktop')
        driver.wait_for('questions', lambda: len(self.portal.asked) >= 2)
        assert [options['autostart'] for options in self.portal.asked] == [False, True], self.portal.asked
        assert self.portal.asked[-1]['commandline'] == ['natter', '--background'], self.portal.asked
        assert self.portal.asked[-1]['reason'], self.portal.asked
        driver.wait_for('word of what it does there', lambda: self.portal.status == 'Waiting for messages')
        self.program.keys('key', 'ctrl+w')
        driver.wait_for('end of the window', lambda: not self.program.has_window())
        assert self.is_running() and self.server.signed_in() == 2
        self.application('Activate', '(a{sv})', {})
        self.program.comes_back()

    def not_asked(self):
        """Where nobody can be asked, it is said that Natter won't start with the desktop"""
        self.settings('Start With the Desktop')
        self.portal.is_there = False
        self.program.keys('key', 'ctrl+comma')
        self.program.press_when(lambda name: name == 'Notifications')
        self.program.find('check box', 'Start With the Desktop')
        list(self.program.look('check box', 'Start With the Desktop'))[-1].get_action_iface().do_action(0)
        self.program.find('label', 'Natter can’t start with this desktop')
        assert not self.program.is_on('Start With the Desktop') and self.program.is_on('Keep Running')
        self.portal.is_there = True
        self.program.switch('Start With the Desktop')
        # A toast takes the first Escape, as anywhere on the desktop.
        self.program.gone('label', 'Natter can’t start with this desktop')
        self.program.keys('key', 'Escape')
        self.program.gone('check box', 'Keep Running')

    def refused(self):
        """What the person does not allow is not set"""
        self.portal.allows = False
        self.settings('Start With the Desktop')
        self.program.keys('key', 'ctrl+comma')
        self.program.press_when(lambda name: name == 'Notifications')
        for name in ('Keep Running', 'Start With the Desktop'):
            driver.wait_for(f'"{name}" off', lambda name=name: not self.program.is_on(name))
        assert not self.program.is_sensitive('check box', 'Start With the Desktop'), 'nothing would keep it running'
        self.program.keys('key', 'Escape')
        self.program.gone('check box', 'Keep Running')
        self.program.keys('key', 'ctrl+w')
        driver.wait_for('end of the program', lambda: not self.is_running())

    def own_file(self):
        """Without a portal, what desktops read to start it is written, and removed"""
        self.call('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus', 'UpdateActivationEnvironment',
                  '(a{ss})', {'GTK_USE_PORTAL': '0'})
        path = os.path.join(os.environ['XDG_CONFIG_HOME'], 'autostart', f'{ID}.desktop')
        self.program = Started(lambda: self.application('Activate', '(a{sv})', {}))
        self.settings('Keep Running', 'Start With the Desktop')
        driver.wait_for('file', lambda: os.path.exists(path))
        entry = configparser.ConfigParser(interpolation=None)
        entry.read(path)
        assert entry['Desktop Entry']['Exec'] == 'natter --background'
        self.settings('Start With the Desktop')
        driver.wait_for('end of the file', lambda: not os.path.exists(path))

    def settings(self, *names):
        self.program.keys('key', 'ctrl+comma')
        self.program.press_when(lambda name: name == 'Notifications')
        for name in names:
            self.program.switch(name)
        self.program.keys('key', 'Escape')
        self.program.gone('check box', 'Keep Running')

    def run(self):
        try:
            return driver.run_steps([self.install, self.activate, self.open, self.find, self.locked, self.locked_at_start, self.chosen, self.notified, self.clock,
                                     self.marked, self.muted, self.more,
                                     self.background, self.not_asked, self.refused, self.own_file])
        finally:
            if self.is_running():
                self.quit()
            self.server.stop()


if __name__ == '__main__':
    sys.exit(Desktop().run())
