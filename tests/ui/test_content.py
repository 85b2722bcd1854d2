#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is in messages beside words: emojis of the server, cards, pictures of other sites, who reacted.

test_content.py light|dark|ar
"""
import os
import sys

import browser
import driver
import other_site

GREETING = 'Look at this'


class Content:
    def __init__(self, style):
        self.style = style
        self.profile = driver.temporary_folder()
        self.server = driver.Server('--auth', 'cracked', '--seed', os.environ['NATTER_TEST_SEED'])
        self.site = other_site.Site()
        self.other = None
        self.program = None
        browser.install()

    def pictures(self, step, whole=False):
        self.program.resize(360, 720)
        self.program.picture(f'content-{step}-{self.style}-narrow', whole)
        self.program.resize(1200, 800)
        self.program.picture(f'content-{step}-{self.style}-wide', whole)

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

    def heard(self, what, matches):
        return self.other.wait_packet(what, matches)

    def say(self, text, **more):
        self.other.send(cmd='message_new', channel='general', content=text, **more)
        packet = self.heard(text, lambda packet: packet.get('cmd') == 'message_new'
                            and packet.get('message', {}).get('content') == text)
        self.program.message(text)
        return packet['message']['id']

    def open_picker(self):
        self.program.press_when(lambda name: name == 'Emoji')
        return self.program.find('entry', 'Search Emoji')

    def picker(self):
        """An emoji of the server is picked with the keyboard and sent as the server knows it"""
        self.open_picker()
        self.program.find(None, ':lantern:')
        self.pictures('1-picker', whole=True)
        self.program.keys('type', 'gera')
        self.program.find(None, ':gerald:')
        self.program.picture(f'content-2-search-{self.style}-wide', whole=True)
        self.program.keys('key', 'Return')
        self.program.gone('entry', 'Search Emoji')
        driver.wait_for('name in the entry', lambda: self.program.text_of('Message') == ':gerald:')
        self.program.keys('key', 'Return')
        host = self.server.url.split('//')[1].rstrip('/')
        self.heard('emoji of the server', lambda packet: packet.get('cmd') == 'message_new'
                   and packet.get('message', {}).get('content') == f'originChats:<emoji>//{host}/4')
        self.program.message(':gerald:')

    def recent(self):
        """What was used comes first the next time"""
        self.open_picker()
        self.program.find(None, ':gerald:')
        assert not list(self.program.look(None, ':lantern:'))
        self.program.keys('key', 'Escape')
        self.program.gone('entry', 'Search Emoji')

    def react(self):
        """An emoji of the server is a reaction, and it is told who reacted"""
        message = self.say(GREETING)
        self.other.send(cmd='message_react_add', channel='general', id=message, emoji='🎉')
        self.program.find(None, lambda name: name.startswith('🎉, 1'))
        self.program.go_to_message(GREETING)
        self.program.keys('key', 'plus')
        self.program.find('entry', 'Search Emoji')
        self.program.keys('type', 'lant')
        self.program.find(None, ':lantern:')
        self.program.keys('key', 'Return')
        host = self.server.url.split('//')[1].rstrip('/')
        self.heard('reaction', lambda packet: packet.get('cmd') == 'message_react_add'
                   and packet.get('emoji') == f'originChats://{host}/emojis/0')
        self.program.find(None, lambda name: name.startswith(':lantern:, 1'))
        self.program.go_to_message(GREETING)
        self.program.keys('key', 'w')
        self.program.find('list item', 'Wren')
        self.program.find('list item', 'Cleo')
        self.pictures('3-reactions')
        # As it is right now.
        self.other.send(cmd='message_react_remove', channel='general', id=message, emoji='🎉')
        self.program.gone('list item', 'Wren')
        self.program.keys('key', 'Escape')
        self.program.gone('list item', 'Cleo')

    def names(self):
        """What a name in a message stands for follows who is called so"""
        self.other.send(cmd='message_new', channel='general', content='Thank you, @USR:local_kofi, for all')
        self.program.message('@Kofi')
        self.server.control(do='push', what='nickname', user='USR:local_kofi', nickname='Koffi Junior')
        self.program.message('Thank you, @Koffi Junior')

    def icon(self):
        """The server's own picture may be on another site, too: that site is not asked for it"""
        self.server.control(do='inject', packet={'cmd': 'server_update', 'name': 'Candle Street', 'icon': f'{self.site.url}/server.png'})
        self.program.find('list item', lambda name: 'Candle Street' in name)
        assert self.site.asked == [], self.site.asked

    def card(self):
        """A card tells what a link leads to; nothing is asked of another site"""
        self.say('A card', embeds=[{
            'type': 'rich', 'title': 'How lanterns are made', 'url': 'https://lanterns.example.org/made',
            'description': 'Paper, **wire** and a candle. It takes an evening, and @USR:local_kofi has the wire.',
            'color': 0xe66100, 'provider': {'name': 'Lanterns'},
            'author': {'name': 'Rosa', 'icon_url': f'{self.site.url}/icon.png'},
            'fields': [{'name': 'Paper', 'value': '12 sheets', 'inline': True}, {'name': 'Wire', 'value': '3 m', 'inline': True},
                       {'name': 'Where', 'value': 'In the workshop, at the long table, from six on'}],
            'thumbnail': {'url': f'{self.site.url}/thumbnail.png', 'width': 320, 'height': 180},
            'image': {'url': f'{self.site.url}/image.png', 'width': 320, 'height': 180},
            'video': {'url': f'{self.site.url}/film.mp4'},
            'footer': {'text': 'Lantern Street'}, 'timestamp': '2026-04-22T18:00:00Z'}])
        self.program.find(None, 'How lanterns are made')
        self.pictures('4-card')
        assert self.site.asked == [], self.site.asked

    def consent(self):
        """A picture of another site is shown when the person agrees, and from then on without being asked for"""
        self.program.press_when(lambda name: name == 'Picture of the Preview')
        self.program.find(None, 'Show This Picture?')
        self.pictures('5-consent')
        assert self.site.asked == [], self.site.asked
        self.program.press('Cancel')
        self.program.gone(None, 'Show This Picture?')
        assert self.site.asked == [], self.site.asked
        self.program.press_when(lambda name: name == 'Picture of the Preview')
        self.program.press('Always Show on This Server')
        driver.wait_for('pictures', lambda: {'/image.png', '/thumbnail.png', '/server.png'} <= set(self.site.asked))
        self.pictures('6-shown')
        self.say('Another card', embeds=[{'title': 'More', 'image': {'url': f'{self.site.url}/more.png'}}])
        driver.wait_for('picture', lambda: '/more.png' in self.site.asked)

    def video(self):
        """The video of a card is for the browser, and is not asked for before"""
        assert '/film.mp4' not in self.site.asked, self.site.asked
        self.program.press_when(lambda name: name == 'Play Video')
        driver.wait_for('video in the browser', lambda: '/film.mp4' in self.site.asked)

    def leave(self):
        """All is well to the end"""
        status = self.program.quit()
        assert status == 0, status

    def run(self):
        try:
            return driver.run_steps([self.start, self.picker, self.recent, self.react, self.names, self.icon, self.card, self.consent,
                                     self.video, self.leave])
        finally:
            if self.program is not None:
                self.program.stop()
            self.site.stop()
            self.server.stop()
            driver.remove_folder(self.profile)


if __name__ == '__main__':
    sys.exit(Content(sys.argv[1]).run())
