#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What people are told by the desktop, with a notification service of the test's own.

test_notifications.py light|dark
"""
import json
import os
import sys
import wave

import driver
import notification_service

MENTION = '@USR:local_cleo'


class Notifications:
    def __init__(self, style):
        self.style = style
        self.profile = driver.temporary_folder()
        self.service = notification_service.Service()
        self.server = driver.Server('--auth', 'cracked', '--generation', 'new', '--seed', os.environ['NATTER_TEST_SEED'])
        self.other = None
        self.program = None

    def start(self):
        """Nothing is told of what was written before the start"""
        join = os.path.join(self.profile, 'join')
        with open(join, 'w', encoding='utf-8') as file:
            file.write(f'{self.server.url}\ncleo\ncleo-pass\n')
        self.program = driver.Program(self.profile, '--join-file', join, dark=self.style == 'dark', log=os.path.join(self.profile, 'log'),
                                      XDG_DATA_DIRS=self.add_sound(), NATTER_TRACE=os.path.join(self.profile, 'trace'))
        self.program.find('list', 'Channels')
        self.program.go_to('general', 'alt+Down')
        self.program.find('list', 'Messages')
        self.other = driver.Client(self.server.url, 'wren')
        assert not self.service.all, self.service.all

    def add_sound(self):
        """A theme of sounds with one that is short and silent; where programs look for it."""
        folder = os.path.join(self.profile, 'desktop', 'sounds', 'freedesktop', 'stereo')
        os.makedirs(folder)
        with wave.open(os.path.join(folder, 'message-new-instant.wav'), 'wb') as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(8000)
            file.writeframes(bytes(800))
        return f'{self.profile}/desktop:{os.environ.get("XDG_DATA_DIRS", "/usr/local/share:/usr/share")}'

    def sounds(self):
        """How many there were."""
        with open(os.path.join(self.profile, 'trace'), encoding='utf-8') as file:
            return sum(json.loads(line)['event'] == 'sound' for line in file if line.endswith('\n'))

    def say(self, channel, text):
        self.other.send(cmd='message_new', channel=channel, content=text)
        packet = self.other.wait_packet('own message', lambda packet: packet.get('cmd') == 'message_new'
                                        and packet.get('message', {}).get('content') == text)
        return packet['message']['id']

    def say_unseen(self, channel, text):
        """As the other one, whose program has no connection."""
        self.server.control(do='act', user='USR:local_wren', packet={'cmd': 'message_new', 'channel': channel, 'content': text})

    def told(self, text):
        return driver.wait_for(f'notification "{text}"', lambda: self.service.find(text))

    def withdrawn(self, text):
        driver.wait_for(f'end of notification "{text}"', lambda: self.service.find(text) is None)

    def mention(self):
        """A mention in another channel is told, what is on the screen and what is for others is not"""
        self.say('general', f'{MENTION} here you are')
        self.program.find('list item', lambda name: 'here you are' in name)
        self.say('garden', 'nobody in particular')
        self.say('garden', f'{MENTION} the **beans** are up, ||not yet|| <b>ripe</b>')
        shown = self.told('beans')
        assert len(self.service.all) == 1, self.service.all
        assert shown.title == 'Wren in garden', shown
        assert 'the beans are up' in shown.body, shown
        assert 'not yet' not in shown.body and '**' not in shown.body and '<b>' not in shown.body, shown
        assert shown.hints.get('category') == 'im.received', shown.hints
        assert shown.hints.get('urgency') == 1, shown.hints
        self.program.find('frame', lambda name: name.startswith('(') and 'general' in name)
        driver.wait_for('sound', lambda: self.sounds() == 1)

    def replaced(self):
        """A second one of the same channel takes its place"""
        self.say('garden', f'{MENTION} and the peas')
        shown = self.told('peas')
        assert '2 new messages' in shown.body, shown
        assert len(self.service.shown) == 1, self.service.shown

    def clicked(self):
        """A click opens the place"""
        self.service.choose(self.told('peas'))
        self.program.find('frame', lambda name: 'garden' in name)
        messages = self.program.find('list', 'Messages')
        self.program.find('list item', lambda name: 'and the peas' in name, inside=messages)
        assert not self.service.shown, self.service.shown

    def read_elsewhere(self):
        """What is read with another program is withdrawn"""
        self.say('general', f'{MENTION} look again')
        self.told('look again')
        self.server.control(do='act', user='USR:local_cleo', packet={'cmd': 'unreads_ack', 'channel': 'general'})
        self.withdrawn('look again')

    def buttons(self):
        """Mark as Read and Mute do so"""
        before = self.program.find('frame').get_name()
        self.say('general', f'{MENTION} to be marked')
        shown = self.told('to be marked')
        self.service.choose(shown, 'Mark as Read')
        self.program.find('frame', before)
        self.say('general', f'{MENTION} to be muted')
        self.service.choose(self.told('to be muted'), 'Mute for an Hour')
        before = len(self.service.all)
        self.say('general', f'{MENTION} into the void')
        self.say('kitchen', f'{MENTION} but not this')
        self.told('but not this')
        assert len(self.service.all) == before + 1, self.service.all

    def silent(self):
        """Without the sound, when the person wants none"""
        before = self.sounds()
        self.program.keys('key', 'ctrl+comma')
        self.program.press_when(lambda name: name == 'Notifications')
        self.program.switch('Play a Sound')
        self.say('workshop', f'{MENTION} in silence')
        self.told('in silence')
        assert self.sounds() == before
        self.program.switch('Play a Sound')
        self.say('photos', f'{MENTION} with a sound')
        self.told('with a sound')
        driver.wait_for('sound', lambda: self.sounds() == before + 1)
        self.program.picture(f'preferences-notifications-{self.style}-sound')
        self.program.keys('key', 'Escape')
        self.program.gone('check box', 'Play a Sound')

    def status(self, choice):
        """Chooses in the menu of one's own status."""
        self.program.press(lambda name: name.startswith('Own status: '), role='toggle button')
        item = self.program.find(None, choice, sensitive=True)
        assert item.get_action_iface().do_action(0)

    def others_see(self, status, text):
        self.other.wait_packet(f'status {status}', lambda packet: packet.get('cmd') == 'status_get'
                               and packet['status'] == {'status': status, 'text': text})

    def own_status(self):
        """Who does not want to be disturbed is not, and others see that, with what one says about it"""
        self.status('Do Not Disturb')
        self.others_see('dnd', '')
        self.say('kitchen', f'{MENTION} are you there')
        self.program.find('list item', lambda name: name.startswith('kitchen') and '2 mentions' in name)
        self.status('Status Text…')
        self.program.type('Status Text', 'in the greenhouse')
        self.program.picture('notifications-status-text')
        self.program.keys('key', 'Return')
        self.others_see('dnd', 'in the greenhouse')
        self.program.find('toggle button', 'Own status: Cleo, Do Not Disturb: in the greenhouse')
        self.program.picture('notifications-status')
        self.status('Online')
        self.others_see('online', 'in the greenhouse')
        self.say('photos', f'{MENTION} soup')
        self.told('soup')
        assert self.service.find('are you there') is None, self.service.all

    def reconnect(self):
        """What was missed without a connection is told once"""
        self.program.find('frame', lambda name: name.endswith('Lantern Street'))
        self.program.hide()
        before = len(self.service.all)
        self.server.control(do='faults', refuse='connect')
        self.server.control(do='drop')
        driver.wait_for('end of the connections', lambda: self.server.control(do='status')['connections'] == 0)
        for text in ('one', 'two', 'three'):
            self.say_unseen('studio', f'{MENTION} {text}')
        self.server.control(do='faults', none=True)
        shown = self.told('arrived while you were offline')
        assert '3 messages' in shown.body and shown.title == 'Lantern Street', shown
        assert len(self.service.all) == before + 1, self.service.all
        self.service.choose(shown)
        self.program.shown()

    def background(self):
        """With the setting, messages arrive without a window, and a click brings it back"""
        self.program.keys('key', 'ctrl+comma')
        self.program.press_when(lambda name: name == 'Notifications')
        self.program.switch('Keep Running')
        # The desktop would start Natter without this profile.
        assert not any(self.program.look('check box', 'Start With the Desktop'))
        self.program.keys('key', 'Escape')
        self.program.gone('check box', 'Keep Running')
        with_window = self.memory()
        self.program.keys('key', 'ctrl+w')
        driver.wait_for('end of the window', lambda: not self.program.has_window())
        self.say_unseen('kitchen', f'{MENTION} the soup is ready')
        shown = self.told('the soup is ready')
        driver.wait_for('less memory in use', lambda: self.memory() < with_window)
        print(f'# {with_window} MiB with a window, {self.memory()} MiB without')
        self.service.choose(shown)
        self.program.comes_back()
        self.program.find('frame', lambda name: 'kitchen' in name)
        messages = self.program.find('list', 'Messages')
        self.program.find('list item', lambda name: 'the soup is ready' in name, inside=messages)

    def memory(self):
        """What the program takes of the machine (Pss), in MiB."""
        with open(f'/proc/{self.program.process.pid}/smaps_rollup', encoding='ascii') as file:
            return next(int(line.split()[1]) for line in file if line.startswith('Pss:')) >> 10

    def leave(self):
        """The program ends when asked, and nothing went wrong in it when the window was taken down"""
        status = self.program.quit()
        assert status == 0, status
        with open(os.path.join(self.profile, 'log'), encoding='utf-8') as file:
            wrong = [line for line in file if 'CRITICAL' in line]
        assert not wrong, wrong

    def run(self):
        try:
            return driver.run_steps([self.start, self.mention, self.replaced, self.clicked, self.read_elsewhere,
                                     self.buttons, self.own_status, self.silent, self.reconnect, self.background, self.leave])
        finally:
            if self.program is not None:
                self.program.stop()
            self.server.stop()
            driver.remove_folder(self.profile)


if __name__ == '__main__':
    sys.exit(Notifications(sys.argv[1]).run())
