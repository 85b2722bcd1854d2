# SPDX-License-Identifier: GPL-3.0-or-later
"""Look at a page as an assistive technology does.

No control is without a name, none has the role of something else, none is smaller than a finger needs, and the Tab key
goes round. In the pseudo language a text that is not in brackets was not marked.
"""
import calendar
import gettext
import json
import os
import re

import driver
from driver import Atspi

NAMED = {'menu item', 'check menu item', 'radio menu item', 'button', 'toggle button', 'check box', 'radio button', 'switch', 'link', 'text', 'password text', 'entry',
         'list', 'list box', 'list item', 'combo box', 'slider', 'spin button', 'tab', 'image button', 'dialog'}
PRESSED = {'button', 'toggle button', 'check box', 'radio button', 'switch', 'link', 'menu item', 'combo box', 'tab'}
ROWS = {'list item', 'menu item', 'check menu item', 'radio menu item', 'row', 'tree item'}
# A label is not here: one whose text can be selected takes the keyboard, and has actions to copy.
NO_CONTROL = {'panel', 'filler', 'generic', 'static', 'section', 'image', 'icon', 'unknown', 'invalid'}
TARGET = 24  # pixels
KEY = r'((Ctrl|Alt|Shift)\+)*(\S|F[0-9]+|Page (Up|Down)|Up|Down|Left|Right|Home|End|Tab|Menu|Delete|Return|Escape)'
STEPS = 200  # of the Tab key, in the longest page
# What GTK and libadwaita say in a language that only Natter has.
OF_TOOLKIT = {'Close', 'Preferences', 'Minimize', 'Maximize', 'Restore', 'Back', 'Search', 'Clear', 'Clear entry', 'Show Password', 'Peek Password',
              'Show Text', 'Hide Text', 'Menu', 'Dialog', 'Toolbar', 'Emoji', 'Insert Emoji', 'Help', 'Apply', 'Edit', 'Details',
              'Website', 'Report an Issue', 'Troubleshooting', 'Credits', 'Legal', 'Debugging Information', 'Copy Text',
              'Copied to clipboard', 'Save As…', 'Code by', 'Translated by',
              *calendar.month_name, *calendar.day_abbr}


class Look:
    """Faults of the pages that were looked at."""

    def __init__(self, program, prefix, address, translation=gettext.NullTranslations(), language=None):
        self.program = program
        self.prefix = prefix
        self.address = address
        self.translation = translation
        self.pseudo = language == 'xx'
        self.focus = None
        self.faults = []
        # The buttons of the window itself are the window manager's keys.
        toolkit = gettext.translation('gtk40', languages=[language or 'C'], fallback=True)
        self.of_window = {text(name) for name in ('Close', 'Minimize', 'Maximize', 'Restore') for text in (str, toolkit.gettext)}
        with open(os.environ['NATTER_TEST_SEED'], encoding='utf-8') as file:
            self.written = json.dumps(json.load(file), ensure_ascii=False).lower()
        self.listener = Atspi.EventListener.new(self.focus_moved)
        self.listener.register('object:state-changed:focused')

    def t(self, text):
        """A text of the program as it is shown, without the underscore of its key."""
        return self.translation.gettext(text).replace('_', '')

    def focus_moved(self, event):
        if event.detail1:
            self.focus = event.source

    def fault(self, page, node, what):
        self.faults.append(f'{page}: {node.get_role_name()} "{node.get_name()}" {what}')

    @staticmethod
    def has(node, *states):
        there = node.get_state_set()
        return all(there.contains(state) for state in states)

    def top(self):
        """The dialog in front, or the window."""
        dialogs = [node for node in self.program.look(('dialog', 'alert')) if self.has(node, Atspi.StateType.SHOWING)]
        return dialogs[-1] if dialogs else self.program.application

    def at(self, page, tabs=True, popup=False):
        """Everything that is asserted of a page."""
        self.program.picture(f'{self.prefix}-{page}', whole=popup)
        top = self.top()
        nodes = [node for node in self.program.look(inside=top) if self.has(node, Atspi.StateType.SHOWING)]
        for node in nodes:
            try:
                self.node(page, node)
            except driver.GLib.Error:  # a row that went meanwhile
                continue
        if tabs:
            self.go_round(page, top)

    def node(self, page, node):
        role = node.get_role_name()
        name = (node.get_name() or '').strip()
        if role in NAMED and not name and not self.is_form(node):
            self.fault(page, node, f'has no name, {self.place(node)}')
        action = node.get_action_iface()
        if role in NO_CONTROL and self.has(node, Atspi.StateType.FOCUSABLE) and action is not None and action.get_n_actions() > 0:
            self.fault(page, node, f'can be pressed but is no control, {self.place(node)}')
        if role in PRESSED and self.has(node, Atspi.StateType.SENSITIVE):
            extents = node.get_component_iface().get_extents(Atspi.CoordType.WINDOW)
            if extents.width and extents.height and (extents.width < TARGET or extents.height < TARGET):
                self.fault(page, node, f'is {extents.width}×{extents.height}, {self.place(node)}')
        if self.pseudo:
            self.text(page, node, role, name)

    def text(self, page, node, role, name):
        if not re.search(r'[A-Za-z]{2}', name) or '⟦' in name or name in OF_TOOLKIT or name.startswith('Natter'):
            return
        # Keys have the names that GTK gives them.
        if re.fullmatch(rf'{KEY}(\s+{KEY})*', name):
            return
        # What people wrote is shown without its marks, so that the seed does not have it letter by letter; sizes and
        # whole dates are in the words of GLib and of the locale.
        if name.startswith('↩') or self.is_message(node) or re.search(r'[0-9]\s(kB|MB|MiB|bytes)$|[0-9]:[0-9]{2}:[0-9]{2}', name):
            return
        # The server makes ids of the names that people chose.
        for part in re.split(r'USR:local_|[,:·↩()]|[0-9]+', name):
            part = json.dumps(part.strip(), ensure_ascii=False)[1:-1].lower()
            if re.search(r'[a-z]{2}', part) and part not in self.written and part not in self.address:
                break
        else:
            return
        self.fault(page, node, f'is not marked, {self.place(node)}')

    def is_message(self, node):
        parent = node.get_parent()
        return node.get_role_name() == 'list item' and parent is not None and parent.get_name() == self.t('Messages')

    @staticmethod
    def is_form(node):
        """Whether it is the frame round the rows of a page, whose title is its name, or inside a row that has a name."""
        parents = []
        parent = node.get_parent()
        while parent is not None and len(parents) < 4:
            parents.append(parent.get_role_name())
            parent = parent.get_parent()
        return 'combo box' in parents or (node.get_role_name() == 'list' and parents[:3] == ['panel', 'panel', 'grouping'])

    @staticmethod
    def place(node):
        names = []
        parent = node.get_parent()
        while parent is not None and len(names) < 4:
            names.append(f'{parent.get_role_name()} "{(parent.get_name() or "")[:30]}"')
            parent = parent.get_parent()
        return 'in ' + ' in '.join(names)

    def step(self):
        """Where the Tab key leads to; nothing when it leads nowhere."""
        self.focus = None
        self.program.keys('key', 'Tab')
        try:
            return driver.wait_for('keyboard elsewhere', lambda: self.focus, patience=3)
        except driver.Missed:
            return None

    def go_round(self, page, top):
        first = self.step()
        if first is None:
            self.faults.append(f'{page}: the Tab key leads nowhere')
            return
        visited = [first]
        for _ in range(STEPS):
            node = self.step()
            if node is None:
                self.fault(page, visited[-1], f'keeps the Tab key, {self.place(visited[-1])}')
                return
            if node in visited:
                break
            visited.append(node)
        else:
            self.faults.append(f'{page}: the Tab key does not come round in {STEPS} steps')
            return
        if node is not first:
            visited.append(node)
        self.compare(page, top, visited)

    def compare(self, page, top, visited):
        for node in self.program.look(inside=top):
            if node.get_role_name() not in NAMED - ROWS - {'list', 'list box', 'dialog'}:
                continue
            if not self.has(node, Atspi.StateType.SHOWING, Atspi.StateType.FOCUSABLE, Atspi.StateType.SENSITIVE):
                continue
            if node.get_name() in self.of_window:
                continue
            if not self.on_the_way(node, visited):
                self.fault(page, node, f'is not reached with the Tab key, {self.place(node)}')

    def on_the_way(self, node, visited):
        """Whether the Tab key came by, here or in a list whose rows have keys of their own."""
        parent = node
        while parent is not None:
            if parent.get_role_name() in ROWS | {'list'} or (parent in visited and parent.get_role_name() in NAMED):
                return True
            parent = parent.get_parent()
        return any(node in visited for node in self.program.look(inside=node))

    def report(self):
        assert not self.faults, '\n'.join(sorted(set(self.faults)))
