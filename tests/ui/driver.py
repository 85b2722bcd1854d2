# SPDX-License-Identifier: GPL-3.0-or-later
"""Drive the program from outside, as an assistive technology and a keyboard do.

Nothing here knows the program's insides: widgets are found by role and
accessible name, and every wait is for a condition that a person could see.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
import urllib.request

try:
    import gi
    gi.require_version('Atspi', '2.0')
    gi.require_version('Soup', '3.0')
    from gi.repository import Atspi, GLib, Soup
except (ImportError, ValueError) as missing:
    print(f'1..0 # SKIP {missing}')
    sys.exit(0)

import tree  # noqa: E402 # pylint: disable=wrong-import-position

PATIENCE = 30  # seconds, on a slow and busy machine
# A program that has much to do answers late; the library gives up after less than a second by itself.
Atspi.set_timeout(PATIENCE * 1000, PATIENCE * 1000)
TICK = 50      # milliseconds between two looks


class Missed(AssertionError):
    """Something did not come to be in time."""


class Ended(Missed):
    """The program is no longer there, so nothing will."""


def wait_for(what, condition, patience=PATIENCE):
    """Returns the first true value of condition(); what is said when there is none."""
    context = GLib.MainContext.default()
    deadline = time.monotonic() + patience
    while True:
        while context.iteration(False):
            pass
        try:
            value = condition()
        except GLib.Error:  # the widget went away while it was looked at
            value = None
        if value:
            return value
        if time.monotonic() > deadline:
            raise Missed(f'no {what} within {patience} s')
        # One turn of the main loop that ends with news or with the tick.
        tick = GLib.timeout_add(TICK, lambda: GLib.SOURCE_CONTINUE)
        context.iteration(True)
        GLib.source_remove(tick)


def copy(kind, content):
    """Puts bytes of a media type into the clipboard."""
    command = ['xclip', '-selection', 'clipboard', '-t', kind]
    subprocess.run([*command, '-i'], input=content, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    # It returns before the clipboard is its own.
    wait_for('clipboard', lambda: subprocess.run([*command, '-o'], capture_output=True, check=False).stdout == content)


def window_of(process_id):
    """The window of a process that is in sight; None when there is none."""
    found = subprocess.run(['xdotool', 'search', '--onlyvisible', '--pid', str(process_id)],
                           capture_output=True, text=True, check=False).stdout.split()
    return found[-1] if found else None


class Server:
    """The test server, in a process of its own."""

    def __init__(self, *arguments):
        self.process = subprocess.Popen([os.environ['NATTER_TEST_SERVER'], '--exit-with-parent', *arguments],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        listening = json.loads(self.process.stdout.readline())
        self.url = listening['url']
        self.control_url = listening['control']
        self.rotur = listening['rotur']

    def control(self, **command):
        request = urllib.request.Request(self.control_url, json.dumps(command).encode(), method='POST')
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return json.load(answer)

    def signed_in(self):
        """How many connections are signed in."""
        return self.control(do='status')['signed_in']

    def stop(self):
        self.process.terminate()
        self.process.wait(PATIENCE)


class Client:
    """Somebody else who is on the server, with another program."""

    def __init__(self, url, name, register=False):
        self.packets = []
        self.websocket = None
        self.session = Soup.Session()
        message = Soup.Message.new('GET', url)
        self.session.websocket_connect_async(message, None, [], GLib.PRIORITY_DEFAULT, None, self._connected)
        wait_for('connection of the second client', lambda: self.websocket)
        self.send(cmd='register' if register else 'login', username=name, password=f'{name}-pass')
        self.wait_packet('answer to the second client', lambda packet: packet.get('cmd') == 'ready')

    def _connected(self, session, result):
        self.websocket = session.websocket_connect_finish(result)
        self.websocket.connect('message', self._received)

    def _received(self, _websocket, _kind, data):
        self.packets.append(json.loads(data.get_data()))

    def send(self, **packet):
        self.websocket.send_text(json.dumps(packet))

    def wait_packet(self, what, matches):
        return wait_for(what, lambda: next((packet for packet in self.packets if matches(packet)), None))


class Program:
    """Natter, from its start to its end."""

    def __init__(self, profile, *arguments, dark=False, log=None, **extra):
        environment = dict(os.environ, GTK_A11Y='atspi', ADW_DEBUG_COLOR_SCHEME='prefer-dark' if dark else 'prefer-light', **extra)
        self.log = log
        self.process = self._start(['--profile', profile, *arguments], environment)
        self.window = wait_for('window', self._x_window)
        self.application = wait_for('accessible application', self._application)
        self.focus_moves = 0
        self.listener = Atspi.EventListener.new(self._focus_moved)
        self.listener.register('object:state-changed:focused')
        self.said = []
        self.ear = Atspi.EventListener.new(self._announced)
        self.ear.register('object:announcement')

    def has_window(self):
        """Whether there is one in sight."""
        return self._x_window() is not None

    def comes_back(self):
        """Waits for the window of a program that had none."""
        self.window = wait_for('window', self._x_window)
        self.application = wait_for('accessible application', self._application)

    def _start(self, arguments, environment):
        output = open(self.log, 'wb') if self.log else None
        return subprocess.Popen([os.environ['NATTER_PROGRAM'], *arguments], env=environment, stdout=output, stderr=output)

    def _is_ours(self, application):
        return application.get_process_id() == self.process.pid

    def _focus_moved(self, event):
        self.focus_moves += event.detail1

    def _announced(self, event):
        # From where it is, not from the program: another one may run beside it.
        if event.source.get_process_id() == self.process.pid:
            self.said.append(event.any_data)

    def told(self, text):
        """Waits until a text was announced, as one is that is on the screen for a few seconds only, and forgets it."""
        try:
            found = wait_for(f'announcement "{text}"', lambda: next((said for said in self.said if text in said), None))
        except Missed:
            print(f'# said: {self.said}')
            self.picture('failed')
            raise
        self.said.remove(found)

    def _x_window(self):
        self.check()
        return window_of(self.process.pid)

    def _application(self):
        desktop = Atspi.get_desktop(0)
        desktop.clear_cache_single()
        for i in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(i)
            if child is not None and self._is_ours(child):
                return child
        return None

    def look(self, role=None, name=None, inside=None):
        """The widgets of a role (or of one of some) and a name (or of a name for which a test holds), now."""
        return tree.look(inside or self.application, role, name, PATIENCE)

    def find(self, role=None, name=None, inside=None, showing=True, sensitive=False):
        """Waits for a widget."""
        def now():
            self.check()
            for node in self.look(role, name, inside):
                node.clear_cache_single()
                states = node.get_state_set()
                if showing and not states.contains(Atspi.StateType.SHOWING):
                    continue
                if sensitive and not states.contains(Atspi.StateType.SENSITIVE):
                    continue
                return node
            return None
        try:
            return wait_for(f'{role or "widget"} "{name}"', now)
        except Ended:
            raise
        except Missed:
            self.dump()
            self.picture('failed')
            raise

    def gone(self, role, name):
        def now():
            self.check()
            return not any(self.look(role, name))
        return wait_for(f'end of {role} "{name}"', now)

    def press(self, name, role='button', inside=None):
        button = self.find(role, name, inside=inside, sensitive=True)
        action = button.get_action_iface()
        if action is None or action.get_n_actions() == 0 or not action.do_action(0):
            raise AssertionError(f'{role} "{name}" can\'t be pressed')

    def press_when(self, matches):
        """Presses what can be pressed and has a name that matches, whatever kind of button it is."""
        def now():
            for node in self.look(None, matches):
                action = node.get_action_iface()
                if action is not None and action.get_n_actions() > 0 and node.get_state_set().contains(Atspi.StateType.SENSITIVE):
                    return node
            return None
        try:
            button = wait_for('button', now)
        except Missed:
            self.dump()
            raise
        if not button.get_action_iface().do_action(0):
            raise AssertionError(f'"{button.get_name()}" can\'t be pressed')

    def activate(self, name, role='list item', inside=None):
        """Goes to a row as a keyboard does, and presses Return."""
        row = self.find(role, name, inside=inside, sensitive=True)
        for _ in range(60):
            if self._focused(row):
                break
            if not self.moves('Down'):
                self.tab()
        else:
            self.dump()
            raise Missed(f'the keyboard does not reach "{name}"')
        self.keys('key', 'Return')

    def moves(self, key, patience=1):
        """Whether a key moves the keyboard soon; within a list it does."""
        before = self.focus_moves
        self.keys('key', key)
        try:
            return wait_for('keyboard somewhere else', lambda: self.focus_moves > before, patience)
        except Missed:
            return False

    def switch(self, name):
        """Turns the switch of a row on or off, and waits until it is."""
        self.find('check box', name, sensitive=True)
        switch = list(self.look('check box', name))[-1]
        before = self._checked(switch)
        switch.get_action_iface().do_action(0)
        wait_for(f'"{name}" turned', lambda: self._checked(switch) != before)

    def is_sensitive(self, role, name):
        """Whether a widget that is there can be used."""
        node = self.find(role, name)
        return node.get_state_set().contains(Atspi.StateType.SENSITIVE)

    def is_on(self, name):
        """Whether the switch of a row is on."""
        self.find('check box', name)
        return self._checked(list(self.look('check box', name))[-1])

    @staticmethod
    def _checked(node):
        node.clear_cache_single()
        return node.get_state_set().contains(Atspi.StateType.CHECKED)

    def type(self, name, text):
        """Moves the keyboard to an entry, as a person without a mouse does, and types."""
        entry = self.find('text', name, sensitive=True)
        for _ in range(60):
            if self._focused(entry):
                break
            self.tab()
        else:
            self.dump()
            raise Missed(f'the keyboard does not reach "{name}"')
        self.keys('type', text)
        wait_for(f'typed text in "{name}"', lambda: self._length(entry) == len(text))

    def tab(self):
        """Moves the keyboard on, and waits until it is there."""
        self.move('Tab')

    def move(self, key):
        """Presses a key that moves the keyboard, and waits until it is somewhere else."""
        before = self.focus_moves
        self.keys('key', key)
        wait_for('keyboard somewhere else', lambda: self.focus_moves > before)

    def write(self, name, text):
        """Puts text into an entry as an on-screen keyboard or dictation does."""
        entry = self.find('text', name, sensitive=True)
        if not entry.get_editable_text_iface().insert_text(0, text, len(text.encode())):
            raise AssertionError(f'"{name}" takes no text')
        wait_for(f'text in "{name}"', lambda: self._length(entry) == len(text))

    @staticmethod
    def _length(entry):
        return entry.get_text_iface().get_character_count()

    def go_to(self, title, key):
        """Presses a key until the window's title begins with a text. It has to change each time."""
        for _ in range(30):
            before = self.place(self.find('frame', lambda name: self.place(name) not in ('', 'Natter')).get_name())
            if before.startswith(title):
                return
            self.keys('key', key)
            self.find('frame', lambda name, before=before: self.place(name) not in ('', 'Natter', before))
        raise Missed(f'{key} does not lead to "{title}"')

    @staticmethod
    def place(title):
        """What the window shows: its title without how much is unread."""
        return re.sub(r'^\(\d+\) ', '', title)

    def go_to_widget(self, node, key):
        """Presses a key until the keyboard is in a widget."""
        for _ in range(60):
            try:
                wait_for('keyboard in the widget', lambda: self._focused(node), patience=0.5)
                return
            except Missed:
                # A key that is on its way yet would move the keyboard out of the widget again.
                self.moves(key, 5)
        raise Missed(f'{key} does not lead to "{node.get_name()}"')

    def message(self, text):
        """The message that is shown with a text."""
        return self.find('list item', lambda name: text in name, inside=self.find('list', 'Messages'))

    def go_to_message(self, text):
        """Moves the keyboard into the message with a text."""
        messages = self.find('list', 'Messages')
        self.message(text)
        for _ in range(80):
            items = list(self.look('list item', None, messages))
            place = next((i for i, item in enumerate(items) if self.focused(item)), None)
            wanted = next((i for i, item in enumerate(items) if text in (item.get_name() or '')), None)
            if place is not None and place == wanted:
                return
            if place is None:
                self.move('shift+Tab')
            else:
                self.move('Up' if wanted is None or wanted < place else 'Down')
        raise Missed(f'the keyboard does not reach "{text}"')

    def focused(self, node):
        """Whether the keyboard is in a widget."""
        return self._focused(node)

    @staticmethod
    def is_showing(node):
        node.clear_cache_single()
        return node.get_state_set().contains(Atspi.StateType.SHOWING)

    def is_focused(self, node):
        return self._focused(node)

    @staticmethod
    def _focused(node):
        node.clear_cache_single()
        return node.get_state_set().contains(Atspi.StateType.FOCUSED)

    def is_empty(self, name, role='text'):
        """Whether nothing is in an entry."""
        return self._length(self.find(role, name)) == 0

    def text_of(self, name, role='text'):
        """What is in an entry."""
        entry = self.find(role, name)
        return Atspi.Text.get_text(entry, 0, self._length(entry))

    def keys(self, how, what):
        subprocess.run(['xdotool', how, '--delay', '15', '--clearmodifiers', what], check=True)

    def paste(self, role, name):
        """Pastes what was copied into the message, and waits for what shows it. The program hears of it a moment later than others
        do, and a paste before that is of nothing: it is done again then, as people do."""
        self.go_to_widget(self.find('text', 'Message'), 'Tab')

        def pasted():
            self.keys('key', 'ctrl+v')
            try:
                return wait_for('what was pasted', lambda: any(self.look(role, name)), patience=5)
            except Missed:
                return False
        try:
            wait_for('what was pasted', pasted)
        except Missed:
            self.dump()
            self.picture('failed')
            raise

    def resize(self, width, height):
        subprocess.run(['xdotool', 'windowsize', '--sync', self.window, str(width), str(height)], check=True, timeout=PATIENCE)

    def hide(self):
        """Puts the window out of sight, as people do who do something else."""
        subprocess.run(['xdotool', 'windowminimize', '--sync', self.window], check=True, timeout=PATIENCE)

    def shown(self):
        """Waits until the window is in sight and has the keyboard."""
        wait_for('window in front', lambda: subprocess.run(['xdotool', 'getactivewindow'], capture_output=True, text=True,
                                                           check=False).stdout.strip() == self.window)

    def picture(self, name, whole=False):
        """Waits until some pictures in a row are the same, and keeps the next. An animation that goes on is no fault.

        Lists that pop up are windows of their own: they are in pictures of the whole screen.
        """
        folder = os.environ['NATTER_SCREENSHOTS']
        os.makedirs(folder, exist_ok=True)
        pictures = []
        window = 'root' if whole else self.window

        def still():
            pictures.append(self._import(window, 'rgba:-'))
            return len(pictures) >= 6 and len(set(pictures[-6:])) == 1
        try:
            wait_for('still picture', still, patience=3)
        except Ended:
            raise
        except Missed:
            pass
        self._import(window, os.path.join(folder, f'{name}.png'))

    def _import(self, window, target):
        """A picture of a window. Of one that is gone there is none: that is waited for without an end."""
        with subprocess.Popen(['import', '-silent', '-window', window, target], stdout=subprocess.PIPE) as taking:
            deadline = time.monotonic() + PATIENCE
            while True:
                try:
                    data = taking.communicate(timeout=TICK / 1000)[0]
                    break
                except subprocess.TimeoutExpired:
                    if self.process.poll() is None and time.monotonic() < deadline:
                        continue
                    taking.kill()
                    self.check()
                    raise Missed(f'no picture within {PATIENCE} s') from None
        self.check()
        if taking.returncode != 0:
            raise Missed(f'import ended with {taking.returncode}')
        return data

    def check(self):
        """Whether the program is still there; how it ended if not."""
        if self.process.poll() is not None:
            raise Ended(f'Natter ended with {self.process.returncode}')

    def quit(self):
        self.keys('key', 'ctrl+q')
        return self.process.wait(PATIENCE)

    def dump(self):
        """The widgets as an assistive technology sees them, into the log."""
        def show(node, depth):
            try:
                states = node.get_state_set()
                marks = ''.join(mark for mark, state in (('v', Atspi.StateType.VISIBLE), ('s', Atspi.StateType.SHOWING),
                                                         ('e', Atspi.StateType.SENSITIVE), ('f', Atspi.StateType.FOCUSED))
                                if states.contains(state))
                print(f'# {"  " * depth}{node.get_role_name()} "{node.get_name()}" {marks}')
                for i in range(node.get_child_count()):
                    child = node.get_child_at_index(i)
                    if child is not None:
                        show(child, depth + 1)
            except GLib.Error as error:
                print(f'# {"  " * depth}{error.message}')
        show(self.application, 0)
        sys.stdout.flush()

    def stop(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


def temporary_folder():
    return tempfile.mkdtemp(prefix='natter-ui.')


def write_settings(profile, **settings):
    """Settings of a profile that no program uses yet; all are text."""
    os.makedirs(profile, exist_ok=True)
    with open(os.path.join(profile, 'settings.ini'), 'w', encoding='utf-8') as file:
        file.write('[dev/natter/Natter]\n')
        for name, value in settings.items():
            file.write(f"{name.replace('_', '-')}='{value}'\n")


def remove_folder(folder):
    shutil.rmtree(folder, ignore_errors=True)


def run_steps(steps):
    """Runs functions in order as TAP cases. After one that failed the others can't run, and fail too."""
    failed = False
    print('TAP version 13')
    print(f'1..{len(steps)}')
    for number, step in enumerate(steps, 1):
        name = step.__doc__
        if failed:
            print(f'not ok {number} {name}\n# not reached')
        else:
            try:
                step()
                print(f'ok {number} {name}')
            except Exception:  # pylint: disable=broad-except # whatever it is, the step failed
                failed = True
                print(f'not ok {number} {name}')
                # Once for who reads the results, once for the log of a run that shows no more than the failures.
                for line in traceback.format_exc().splitlines():
                    print(f'# {line}')
                    print(line, file=sys.stderr)
        sys.stdout.flush()
    return 1 if failed else 0
