#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Walks through every page as an assistive technology does, and looks at each control.

test_walk.py normal|large|pseudo|de|ar pages|dialogs

On each page no control is without a name, none has the role of something else, none is smaller than a finger
needs, and the Tab key goes round. `large` is text of 200 % and high contrast. `pseudo` is a language made up of
the source, in which every marked text is in brackets and longer by two fifths: what has none was not marked.
"""
import gettext
import os
import re
import subprocess
import sys

import driver
import look
from driver import Atspi


def pseudo_text(text):
    return f'⟦{text}{"·" * max(2, len(text) * 2 // 5)}⟧'


def make_pseudo(folder):
    """A language in which every marked text can be told from others."""
    checkout = os.environ['NATTER_CHECKOUT']
    folder = os.path.join(folder, 'locale')
    there = os.path.join(folder, 'xx', 'LC_MESSAGES')
    os.makedirs(there)
    # The template is that of a complete language, which costs no run of xgettext.
    lines = []
    source = subprocess.run(['xgettext', '--from-code=UTF-8', '--keyword=_', '--keyword=N_', '--keyword=C_:1c,2', '--keyword=NC_:1c,2',
                             '--keyword=g_dngettext:2,3', '--keyword=g_dpgettext2:2c,3', '-o', '-', '-f', 'po/POTFILES.in'],
                            cwd=checkout, capture_output=True, text=True, check=True).stdout
    source = subprocess.run(['msgen', '--no-wrap', '-'], input=source, capture_output=True, text=True, check=True).stdout
    entries = source.split('\n\n')
    lines.append('msgid ""\nmsgstr "Language: xx\\nContent-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=n != 1;\\n"')
    for entry in entries[1:]:
        lines.append('\n'.join(pseudo_line(line) for line in joined(entry)))
    with open(os.path.join(there, 'natter.po'), 'w', encoding='utf-8') as file:
        file.write('\n\n'.join(lines) + '\n')
    subprocess.run(['msgfmt', '-o', os.path.join(there, 'natter.mo'), os.path.join(there, 'natter.po')], check=True)
    return folder


def joined(entry):
    """The lines of an entry, each text on one line."""
    lines = []
    for line in entry.splitlines():
        if line.startswith('#'):
            continue
        if line.startswith('"') and lines:
            lines[-1] = lines[-1][:-1] + line[1:]
        else:
            lines.append(line)
    return lines


def pseudo_line(line):
    match = re.fullmatch(r'(msgstr(?:\[\d\])?) "(.*)"', line)
    # What only puts names together, such as the title of the window, stays as it is; a date does not.
    if match is None or not re.search(r'[A-Za-z]|%-?[ABHId]', re.sub(r'%[0-9.$]*[suf]|%[0-9]+\$d', '', match[2])):
        return line
    text = match[2]
    end = '\\n' if text.endswith('\\n') else ''
    return f'{match[1]} "{pseudo_text(text.removesuffix(end) if end else text)}{end}"'


def make_locale(folder, language):
    """Nothing is translated in the C locale, and few machines have another one."""
    name = {'de': 'de_DE', 'ar': 'ar_EG', 'xx': 'en_US'}[language]
    folder = os.path.join(folder, 'locales')
    os.makedirs(folder)
    subprocess.run(['localedef', '--no-archive', '-i', name, '-f', 'UTF-8', os.path.join(folder, f'{name}.UTF-8')],
                   capture_output=True, check=True)
    return {'LOCPATH': folder, 'LC_ALL': f'{name}.UTF-8'}


class Walk:
    def __init__(self, mode, part):
        self.part = part
        self.mode = mode
        self.folder = driver.temporary_folder()
        self.profile = os.path.join(self.folder, 'profile')
        self.server = driver.Server('--auth', 'cracked', '--seed', os.environ['NATTER_TEST_SEED'])
        self.program = None
        self.look = None
        self.environment = {'NATTER_LOCALE_DIR': os.environ['NATTER_LOCALE_DIR']}
        self.language = {'de': 'de', 'ar': 'ar', 'pseudo': 'xx'}.get(mode)
        self.translation = gettext.NullTranslations()

    def prepare(self):
        if self.mode == 'large':
            self.environment['ADW_DEBUG_HIGH_CONTRAST'] = '1'
            subprocess.run(['xprop', '-root', '-f', 'RESOURCE_MANAGER', '8s', '-set', 'RESOURCE_MANAGER', f'Xft.dpi:\t{2 * 96}\n'],
                           check=True)
        if self.mode == 'pseudo':
            self.environment['NATTER_LOCALE_DIR'] = make_pseudo(self.folder)
        if self.language:
            self.environment.update(LANGUAGE=self.language, **make_locale(self.folder, self.language))
            self.translation = gettext.translation('natter', self.environment['NATTER_LOCALE_DIR'], [self.language])

    def t(self, text):
        """A text of the program as it is shown, without the underscore of its key."""
        return self.translation.gettext(text).replace('_', '')

    def begin(self, *arguments):
        self.program = driver.Program(self.profile, *arguments, dark=self.mode == 'large', log=os.path.join(self.folder, 'log'),
                                      **self.environment)
        self.look = look.Look(self.program, f'walk-{self.mode}', self.server.url, self.translation, self.language)

    def escape(self, gone):
        self.program.keys('key', 'Escape')
        driver.wait_for(f'end of {gone}', lambda: not any(self.program.look(None, gone)))

    def go_and_press(self, name):
        """Rows that are buttons have no action of their own: the keyboard presses them."""
        self.program.go_to_widget(self.program.find('button', name), 'Tab')
        self.program.keys('key', 'Return')

    def menu(self, number):
        """Opens the main menu and chooses an entry by its number, since GTK gives it no name."""
        self.program.press(self.t('Main Menu'), role='toggle button')
        self.program.find('menu item')
        if number is not None:
            assert list(self.program.look('menu item'))[number].get_action_iface().do_action(0)

    def welcome(self):
        """The first page, and its main menu"""
        self.prepare()
        self.begin()
        self.program.find('button', self.t('Add Server'))
        self.look.at('welcome')
        self.menu(None)
        self.look.at('main-menu', tabs=False, popup=True)
        self.program.keys('key', 'Escape')
        self.program.gone('menu item', None)

    def join(self):
        """Somebody is in a conversation"""
        self.prepare()
        join = os.path.join(self.folder, 'join')
        with open(join, 'w', encoding='utf-8') as file:
            file.write(f'{self.server.url}\ncleo\ncleo-pass\n')
        self.begin('--join-file', join)
        self.program.find('list', self.t('Channels'))
        self.program.go_to('general', 'alt+Down')
        self.program.find('list', self.t('Messages'))

    def public_servers(self):
        """The way to public servers"""
        self.program.press(self.t('_Find Servers'))
        self.program.find('button', self.t('Show Servers'))
        self.look.at('public-servers')
        self.program.keys('key', 'Escape')
        self.program.gone('button', self.t('Show Servers'))
        self.close()

    def close(self):
        """Closes the dialog in front with the keyboard."""
        front = self.look.top()
        self.program.keys('key', 'Escape')
        driver.wait_for('end of the dialog', lambda: self.look.top() != front)

    def accounts(self):
        """The accounts, and the ways to sign in to Rotur"""
        self.menu(-3)
        self.program.find('button', self.t('_Add Rotur Account'))
        self.look.at('accounts')
        self.go_and_press(self.t('_Add Rotur Account'))
        self.program.find('button', self.t('Sign In With _Browser'))
        self.look.at('rotur-sign-in')
        self.escape(self.t('Sign In With _Browser'))
        self.escape(self.t('_Add Rotur Account'))

    def about(self):
        """About Natter"""
        self.menu(-2)
        self.program.find('dialog')
        self.look.at('about')
        self.program.keys('key', 'Escape')
        driver.wait_for('end of the dialog', lambda: self.look.top() is self.program.application)

    def add_server(self):
        """Each page on the way to a new server"""
        self.program.press(self.t('Add Server'))
        self.program.find('text', self.t('Server Address'))
        self.look.at('address')
        self.program.write(self.t('Server Address'), self.server.url)
        self.program.press(self.t('Continue'))
        self.program.find(name='wren')
        self.look.at('server-info')
        self.program.press(self.t('Continue'))
        self.program.find('text', self.t('Username'))
        self.look.at('sign-in')
        self.program.write(self.t('Username'), 'cleo')
        self.program.write(self.t('Password'), 'cleo-pass')
        self.program.press(self.t('Sign In'))
        self.program.gone('button', self.t('Sign In'))
        self.program.find('list', self.t('Channels'))

    def conversation(self):
        """A conversation beside its members"""
        self.program.go_to('general', 'alt+Down')
        self.program.find('list', self.t('Messages'))
        self.look.at('conversation')

    def dialogs(self):
        """What keys open in the window: where to go, the keys, the preferences, a date and the search"""
        for page, keys in (('switcher', 'ctrl+k'), ('shortcuts', 'ctrl+question'), ('preferences', 'ctrl+comma'), ('date', 'ctrl+j')):
            self.program.keys('key', keys)
            driver.wait_for(page, lambda: self.look.top() is not self.program.application)
            self.look.at(page)
            self.program.keys('key', 'Escape')
            driver.wait_for('end of the dialog', lambda: self.look.top() is self.program.application)
        self.program.keys('key', 'ctrl+shift+f')
        self.program.find('button', self.t('Close Search'))
        self.look.at('search')
        # The look ended somewhere in the window.
        self.program.keys('key', 'ctrl+shift+f')
        self.program.keys('key', 'Tab')
        self.program.keys('key', 'Escape')
        self.program.find('list', self.t('Messages'))

    def preferences(self):
        """The other pages of the preferences"""
        self.program.keys('key', 'ctrl+comma')
        driver.wait_for('preferences', lambda: self.look.top() is not self.program.application)
        for page in ('Notifications', 'Privacy', 'Advanced'):
            self.program.press_when(lambda name, page=page: name == self.t(page))
            self.look.at(f'preferences-{page.lower()}')
        self.close()

    def own_status(self):
        """The menu of one's own status, and what asks for its text"""
        self.program.press(lambda name: name.startswith(self.t('Own status: %1$s, %2$s').split('%')[0]), role='toggle button')
        self.program.find('menu item')
        self.look.at('status-menu', tabs=False, popup=True)
        assert list(self.program.look('menu item'))[-1].get_action_iface().do_action(0)
        self.program.find('text', self.t('Status Text'))
        self.look.at('status-text')
        self.close()

    def shortcut(self):
        """What changes the keys of a shortcut"""
        self.program.keys('key', 'ctrl+question')
        driver.wait_for('shortcuts', lambda: self.look.top() is not self.program.application)
        row = self.program.find('list item', lambda name: name.startswith(self.t('Search Everywhere')))
        self.program.keys('key', 'Tab')
        self.program.go_to_widget(row, 'Down')
        self.program.keys('key', 'Return')
        self.program.find('button', self.t('_Remove Shortcut'))
        self.look.at('shortcut')
        self.program.keys('key', 'ctrl+k')
        self.program.find('button', self.t('_Set'), sensitive=True)
        self.look.at('shortcut-taken')
        self.close()
        self.close()

    def poll(self):
        """A new poll"""
        self.program.press(self.t('Attach'), role='toggle button')
        self.program.find('menu item')
        self.look.at('attach-menu', tabs=False, popup=True)
        assert list(self.program.look('menu item'))[-1].get_action_iface().do_action(0)
        self.program.find('text', self.t('Question'))
        self.look.at('poll')
        self.close()

    def picture(self):
        """A picture, as large as there is room"""
        self.program.press_when(lambda name: 'fox at dawn' in name)
        self.program.find('button', self.t('Zoom In'))
        assert not any(self.program.look('button', self.t('Next Picture'))), 'there is no other picture to go to'
        self.look.at('picture')
        self.close()

    def thread(self):
        """A forum, and a new thread in it"""
        self.program.go_to('help-desk', 'alt+Down')
        self.program.find('button', self.t('New Thread'))
        self.look.at('forum')
        self.program.press(self.t('New Thread'))
        self.program.find('text', self.t('First Message'))
        self.look.at('new-thread')
        self.close()
        self.program.go_to('general', 'alt+Up')
        self.program.find('list', self.t('Messages'))

    def pins(self):
        """The pinned messages"""
        self.program.press(self.t('Pinned Messages'), role='toggle button')
        self.look.at('pins', tabs=False, popup=True)
        self.program.keys('key', 'Escape')

    def emojis(self):
        """What is offered to be picked"""
        self.program.press(self.t('Emoji'), role='toggle button')
        self.program.find('entry', self.t('Search Emoji'))
        self.look.at('emojis', tabs=False, popup=True)
        self.program.keys('key', 'Escape')
        self.program.gone('entry', self.t('Search Emoji'))

    def reactions(self):
        """Who reacted to a message"""
        messages = self.program.find('list', self.t('Messages'))
        for _ in range(40):
            focused = next((item for item in self.program.look('list item', None, messages) if self.program.focused(item)), None)
            if focused is None:
                self.program.move('shift+Tab')
            elif any(re.match(r'.*, [0-9]+: ', node.get_name() or '') for node in self.program.look('button', None, focused)):
                break
            else:
                self.program.move('Up')
        self.program.keys('key', 'w')
        driver.wait_for('reactions', lambda: self.look.top() is not self.program.application)
        self.look.at('reactions')
        self.program.keys('key', 'Escape')
        driver.wait_for('end of the dialog', lambda: self.look.top() is self.program.application)

    def roles(self):
        """The roles that one gives oneself"""
        self.program.press(self.t('Server Menu'), role='toggle button')
        item = self.program.find('menu item', self.t('M_y Roles…'))
        assert item.get_action_iface().do_action(0)
        self.program.find('dialog', self.t('My Roles'))
        self.look.at('roles')
        self.close()

    def time_out(self):
        """For how long somebody is kept from writing"""
        other = driver.Client(self.server.url, 'wren')
        other.send(cmd='user_roles_set', user='USR:local_cleo', roles=['owner', 'user'])
        other.wait_packet('roles', lambda packet: packet.get('cmd') == 'user_roles_get')
        self.program.keys('key', 'ctrl+k')
        self.program.find('entry', self.t('Go To'))
        self.program.keys('type', 'bruno')
        self.program.find('list item', lambda name: name.startswith('Bruno'))
        self.program.keys('key', 'Return')
        self.program.find('button', self.t('_Time Out…'))
        self.look.at('card', tabs=False, popup=True)
        self.program.press(self.t('_Time Out…'))
        self.program.find('text', self.t('Reason'))
        self.look.at('time-out')
        self.close()

    def message_menu(self):
        """The menu of a message"""
        messages = self.program.find('list', self.t('Messages'))
        entry = self.program.find('text', self.t('Message'))
        self.program.go_to_widget(entry, 'Tab')
        for _ in range(20):
            self.program.keys('key', 'shift+Tab')
            driver.wait_for('keyboard elsewhere', lambda: not self.program.focused(entry))
            if any(self.program.focused(item) for item in self.program.look('list item', None, messages)):
                break
        self.program.keys('key', 'Menu')
        self.program.find('menu item')
        self.look.at('message-menu', tabs=False, popup=True)
        self.program.keys('key', 'Escape')
        self.program.gone('menu item', None)

    def server_menu(self):
        """The menu of the server"""
        # With large text there is room for the conversation alone.
        if not any(self.program.is_showing(node) for node in self.program.look('toggle button', self.t('Server Menu'))):
            self.program.press('Back')
        self.program.press(self.t('Server Menu'), role='toggle button')
        self.program.find('menu item')
        self.look.at('server-menu', tabs=False, popup=True)
        self.program.keys('key', 'Escape')
        self.program.gone('menu item', None)

    def channels(self):
        """Every channel that there is"""
        seen = set()
        for _ in range(20):
            frame = self.program.find('frame')
            title = self.program.place(frame.get_name())
            if title in seen:
                break
            seen.add(title)
            self.look.at('channel-' + re.sub(r'\W+', '-', title)[:20], tabs=False)
            self.program.keys('key', 'alt+Down')
            try:
                driver.wait_for('another channel', lambda: self.program.place(self.program.find('frame').get_name()) != title, patience=3)
            except driver.Missed:
                break

    def announcements(self):
        """What arrives in the conversation is announced, and of a flood how much it was"""
        self.program.go_to('general', 'alt+Up')
        self.program.find('list', self.t('Messages'))
        said = []
        listener = Atspi.EventListener.new(lambda event: said.append(event.any_data))
        listener.register('object:announcement')
        other = driver.Client(self.server.url, 'wren')
        other.send(cmd='message_new', channel='general', content='The kettle sings')
        driver.wait_for('announcement', lambda: any('The kettle sings' in text for text in said))
        for number in range(8):
            other.send(cmd='message_new', channel='general', content=f'Cup {number}')
        driver.wait_for('sum', lambda: len(said) > 1)
        assert not any('Cup' in text for text in said[1:]), said
        listener.deregister('object:announcement')

    def narrow(self):
        """The conversation in a narrow window"""
        self.program.resize(360, 720)
        self.look.at('narrow')
        self.program.resize(1200, 800)

    def report(self):
        """Nothing was found"""
        self.look.report()

    def run(self):
        try:
            if self.part == 'dialogs':
                steps = [self.join, self.emojis, self.reactions, self.roles, self.own_status, self.preferences, self.shortcut, self.poll, self.picture, self.thread, self.time_out]
            else:
                steps = [self.welcome, self.public_servers, self.accounts, self.about, self.add_server, self.conversation, self.dialogs,
                         self.pins, self.message_menu, self.server_menu, self.channels, self.announcements, self.narrow]
            return driver.run_steps([*steps, self.report])
        finally:
            if self.program is not None:
                self.program.stop()
            self.server.stop()
            driver.remove_folder(self.folder)


if __name__ == '__main__':
    sys.exit(Walk(*sys.argv[1:]).run())
