#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What people do with messages, with a second client that sees the effect.

test_acts.py light|dark
"""
import os
import sys

import driver

ASKED = 'Who brings the kettle on Saturday?'
LOUD = 'I do, and cups'
QUIET = 'And tea, no need to look up'
CHANGED = 'And green tea, no need to look up'


class Acts:
    def __init__(self, style):
        self.style = style
        self.profile = driver.temporary_folder()
        self.server = driver.Server('--auth', 'cracked', '--seed', os.environ['NATTER_TEST_SEED'], '--messages', '300')
        self.other = None
        self.program = None
        self.asked = None

    def picture(self, step, popup=False):
        self.program.picture(f'acts-{step}-{self.style}-wide', whole=popup)

    def pictures(self, step):
        self.program.resize(360, 720)
        self.program.picture(f'acts-{step}-{self.style}-narrow')
        self.program.resize(1200, 800)
        self.picture(step)

    def start(self):
        """An ordinary person reads a channel"""
        join = os.path.join(self.profile, 'join')
        with open(join, 'w', encoding='utf-8') as file:
            file.write(f'{self.server.url}\ncleo\ncleo-pass\n')
        self.program = driver.Program(self.profile, '--join-file', join, dark=self.style == 'dark')
        self.program.find('list', 'Channels')
        self.program.go_to('general', 'alt+Down')
        self.program.find('list', 'Messages')
        self.other = driver.Client(self.server.url, 'wren')

    def gone(self, text):
        self.program.gone('list item', lambda name: text in name)

    def ask(self, text, **more):
        self.other.send(cmd='message_new', channel='general', content=text, **more)
        packet = self.other.wait_packet('own message', lambda packet: packet.get('cmd') == 'message_new'
                                        and packet.get('message', {}).get('content') == text)
        self.program.message(text)
        return packet['message']['id']

    def heard(self, what, cmd, **members):
        return self.other.wait_packet(what, lambda packet: packet.get('cmd') == cmd
                                      and all(packet.get(name) == value for name, value in members.items()))

    def heard_message(self, text):
        return self.other.wait_packet(f'"{text}"', lambda packet: packet.get('cmd') == 'message_new'
                                      and packet.get('message', {}).get('content') == text)['message']

    def reply(self):
        """A reply notifies the author"""
        self.asked = self.ask(ASKED)
        self.program.go_to_message(ASKED)
        self.program.keys('key', 'r')
        self.program.find('label', 'Replying to Wren')
        self.program.write('Message', LOUD)
        self.pictures('1-reply')
        self.program.press('Send')
        message = self.heard_message(LOUD)
        assert message['reply_to']['id'] == self.asked, message
        assert 'USR:local_wren' in message['pings']['replies'] or 'wren' in message['pings']['replies'], message
        self.program.gone('label', 'Replying to Wren')

    def quiet_reply(self):
        """A reply without notification"""
        self.program.go_to_message(ASKED)
        self.program.keys('key', 'r')
        self.program.press('Notify the Author', 'toggle button')
        self.program.write('Message', QUIET)
        self.program.press('Send')
        message = self.heard_message(QUIET)
        assert message['reply_to']['id'] == self.asked, message
        assert message['pings']['replies'] == [], message
        self.program.message(QUIET)

    def edit(self):
        """The last own message is changed with the keyboard, and Escape steps back"""
        entry = self.program.find('text', 'Message')
        driver.wait_for('keyboard in the entry', lambda: self.program.focused(entry))
        self.program.keys('key', 'Up')
        self.program.find('label', 'Editing Message')
        self.program.keys('key', 'Escape')
        self.program.gone('label', 'Editing Message')
        driver.wait_for('empty entry', lambda: self.program.is_empty('Message'))
        self.program.go_to_message(QUIET)
        self.program.keys('key', 'e')
        self.program.find('label', 'Editing Message')
        driver.wait_for('text of the message in the entry', lambda: not self.program.is_empty('Message'))
        entry.get_editable_text_iface().set_text_contents(CHANGED)
        self.picture('2-edit')
        self.program.press('Send')
        packet = self.heard('edit', 'message_edit', content=CHANGED)
        assert packet['message']['edited'], packet
        self.program.message(CHANGED)

    def delete(self):
        """A deleted message comes back by undo, and is gone when its channel is left"""
        self.program.go_to_message(CHANGED)
        self.program.keys('key', 'Delete')
        self.program.press('Undo')
        self.program.message(CHANGED)
        self.program.go_to_message(CHANGED)
        self.program.keys('key', 'Delete')
        self.gone(CHANGED)
        self.program.keys('key', 'alt+Down')
        self.heard('deletion', 'message_delete')
        self.program.go_to('general', 'alt+Up')
        self.program.message(LOUD)
        self.gone(CHANGED)

    def react(self):
        """A reaction is added and taken back"""
        self.other.send(cmd='message_react_add', channel='general', id=self.asked, emoji='🫖')
        self.program.press_when(lambda name: name.startswith('🫖, 1'))
        self.heard('reaction', 'message_react_add', emoji='🫖', **{'from': 'USR:local_cleo'})
        self.program.find(None, lambda name: name.startswith('🫖, 2'))
        self.picture('4-reaction')
        self.program.press_when(lambda name: name.startswith('🫖, 2'))
        self.heard('end of the reaction', 'message_react_remove', emoji='🫖', **{'from': 'USR:local_cleo'})
        self.program.find(None, lambda name: name.startswith('🫖, 1'))

    def rights(self):
        """What one may not do does nothing, and is not in the menu"""
        self.program.go_to_message(ASKED)
        for key in ('e', 'Delete', 'p'):
            self.program.keys('key', key)
        self.program.keys('key', 'Menu')
        self.program.find('menu item')
        names = [item.get_name() for item in self.program.look('menu item')]
        assert names == ['Reply', 'Quote', 'React…', 'Who Reacted', 'Copy Text', 'Copy Link', 'Show Author',
                         'Mark as Unread From Here'], names
        self.program.keys('key', 'Escape')
        self.program.gone('menu item', None)
        self.program.message(ASKED)
        assert not any(self.program.look('label', 'Editing Message'))

    def pins(self):
        """Pinned messages are listed without what is hidden in them, and one is jumped to"""
        self.other.send(cmd='message_new', channel='general', content='The present is ||a kettle||')
        hidden = self.heard_message('The present is ||a kettle||')['id']
        self.program.message('The present is [spoiler]')
        self.other.send(cmd='message_pin', channel='general', id=hidden)
        self.heard('pin', 'message_pin', id=hidden)
        self.other.send(cmd='message_pin', channel='general', id=self.asked)
        self.heard('pin', 'message_pin', id=self.asked)
        self.program.press('Pinned Messages', 'toggle button')
        pins = self.program.find('list', 'Pinned Messages')
        self.program.find('label', 'The present is [spoiler]', inside=pins)
        row = self.program.find('list item', lambda name: 'Wren' in name, inside=pins)
        self.picture('6-pins', popup=True)
        driver.wait_for('keyboard in the list', lambda: self.program.focused(row))
        self.program.keys('key', 'Return')
        self.program.gone('list', 'Pinned Messages')
        self.program.message(ASKED)

    def vote(self):
        """A vote counts, and so does the vote of somebody else"""
        self.other.send(cmd='poll_create', channel='general', question='Which tea?', options=['Green', 'Black'])
        self.program.press_when(lambda name: name == 'Green, 0 votes')
        packet = self.heard('vote', 'poll_vote_update', user='USR:local_cleo')
        self.program.find(None, 'Green, 1 vote')
        self.other.send(cmd='poll_vote', message_id=packet['message_id'], option_id='1')
        self.program.find(None, 'Black, 1 vote')
        self.pictures('7-poll')

    def refusal(self):
        """What the server refuses is taken back with its reason"""
        self.other.send(cmd='channel_update', current_name='general',
                        updates={'permissions': {'view': ['user'], 'send': ['user'], 'react': ['owner']}})
        self.heard('new rules', 'channel_update')
        self.ask('And who brings cake?')
        self.program.go_to_message(ASKED)
        self.program.press_when(lambda name: name.startswith('🫖, 1'))
        self.program.told('The reaction was not changed.')
        self.program.find(None, lambda name: name.startswith('🫖, 1'))

    def refusal_elsewhere(self):
        """It is also told where the person has gone meanwhile, from where one gets back to it"""
        self.other.send(cmd='channel_update', current_name='general',
                        updates={'permissions': {'view': ['user'], 'send': ['user'], 'delete_own': ['owner']}})
        self.heard('new rules', 'channel_update')
        self.program.go_to_message(LOUD)
        self.program.keys('key', 'Delete')
        self.gone(LOUD)
        self.program.keys('key', 'alt+Down')
        self.program.told('general: The message was not deleted.')
        self.picture('8-refused-elsewhere')
        self.program.press('Show')
        self.program.message(LOUD)

    def jump(self):
        """From a reply one gets to what it answers, which was not loaded"""
        self.program.go_to('archive', 'alt+Down')
        self.other.send(cmd='messages_get', channel='archive', start=250, limit=1, listener='old')
        original = self.heard('old message', 'messages_get', listener='old')['messages'][0]
        self.other.send(cmd='message_new', channel='archive', content='Long ago', reply_to=original['id'])
        driver.wait_for('newest message', self.is_at_newest)
        self.program.message('Long ago')
        self.program.press_when(lambda name: name.startswith('↩') and original['content'][:20] in name)
        self.program.message(original['content'])
        self.picture('8-jump')

    def is_at_newest(self):
        """What is unread stands first, when something came before the channel was opened."""
        for button in self.program.look('button', lambda name: name.startswith('Go to Latest')):
            button.get_action_iface().do_action(0)
        return any(self.program.look('list item', lambda name: name.endswith(': Long ago')))

    def time_out(self):
        """Who may keeps somebody from writing for a while; who is kept from it is told until when"""
        self.other.send(cmd='user_roles_set', user='USR:local_cleo', roles=['owner', 'user'])
        self.heard('roles', 'user_roles_get', user='USR:local_cleo')
        self.program.keys('key', 'ctrl+k')
        self.program.find('entry', 'Go To')
        self.program.keys('type', 'bruno')
        self.program.find('list item', lambda name: name.startswith('Bruno'))
        self.program.keys('key', 'Return')
        self.program.find('button', 'Time Out…')
        self.program.picture(f'acts-9-card-{self.style}-wide', whole=True)
        self.program.press('Time Out…')
        self.program.find(None, 'Time Out Bruno?')
        self.program.find('text', 'Reason')
        self.pictures('10-time-out')
        self.program.press('Time Out')
        self.program.told('Timed out')
        self.server.control(do='rate_limits', on=True)
        self.other.send(cmd='user_timeout', user='USR:local_cleo', timeout=3600)
        self.program.find('label', lambda name: name.startswith('A moderator has timed you out. What you send waits until'))
        self.picture('11-timed-out')
        self.other.send(cmd='user_timeout', user='USR:local_cleo', timeout=1)
        driver.wait_for('end of the time-out', lambda: not any(
            self.program.is_showing(node) for node in self.program.look('label', lambda name: name.startswith('A moderator has'))))

    def leave(self):
        """What was done last is not lost when the program ends at once"""
        before = self.deletions()
        self.program.go_to('general', 'alt+Up')
        self.program.go_to_message(LOUD)
        self.program.keys('key', 'Delete')
        self.gone(LOUD)
        status = self.program.quit()
        assert status == 0, status
        driver.wait_for('deletion', lambda: self.deletions() == before + 1)

    def deletions(self):
        return len([packet for packet in self.other.packets if packet.get('cmd') == 'message_delete'])

    def run(self):
        try:
            return driver.run_steps([self.start, self.reply, self.quiet_reply, self.edit, self.delete, self.react,
                                     self.rights, self.pins, self.vote, self.refusal, self.refusal_elsewhere, self.jump,
                                     self.time_out, self.leave])
        finally:
            if self.program is not None:
                self.program.stop()
            self.server.stop()
            driver.remove_folder(self.profile)


if __name__ == '__main__':
    sys.exit(Acts(sys.argv[1]).run())
