#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A server is found in a public list, which is fetched only after somebody has said yes.

test_discovery.py light|dark
"""
import json
import os
import sys

import driver


class Discovery:
    def __init__(self, style):
        self.style = style
        self.profile = driver.temporary_folder()
        self.found = driver.Server('--auth', 'cracked', '--seed', os.environ['NATTER_TEST_SEED'])
        self.lister = driver.Server('--auth', 'cracked', '--seed', self.seed())
        self.program = None

    def seed(self):
        """A list with something of everything."""
        path = os.path.join(self.profile, 'seed.json')
        servers = [{'url': 'harbour.example.invalid', 'name': 'Harbour', 'owner': 'bruno', 'description': 'Boats, and talk about boats.',
                    'tags': ['boats', 'weather']},
                   {'url': self.found.url, 'name': 'Lantern Street', 'owner': 'wren', 'tags': ['cosy'],
                    'description': 'A small, friendly street where the lanterns stay on.'},
                   7, {}, {'url': 'javascript:alert(1)', 'name': 'Bad'}]
        with open(path, 'w', encoding='utf-8') as file:
            json.dump({'rotur': {'discovery': servers}}, file)
        return path

    def settings(self):
        with open(os.path.join(self.profile, 'settings.ini'), 'w', encoding='utf-8') as file:
            file.write(f"[dev/natter/Natter]\ndiscovery-address='{self.lister.rotur}/discovery.json'\n")

    def pictures(self, step):
        """Wide last, which is how the next step goes on."""
        self.program.resize(360, 720)
        self.program.picture(f'discovery-{step}-{self.style}-narrow')
        self.program.resize(1200, 800)
        self.program.picture(f'discovery-{step}-{self.style}-wide')

    def requests(self):
        return json.dumps(self.lister.control(do='rotur')).count('discovery.json')

    def ask(self):
        """Nothing is fetched before somebody has said yes"""
        self.settings()
        self.program = driver.Program(self.profile, dark=self.style == 'dark')
        self.program.press('Add Server')
        self.activate('Find Servers')
        self.program.find('button', 'Show Servers', sensitive=True)
        self.pictures('1-ask')
        assert self.requests() == 0

    def activate(self, name):
        """Goes to a row with the Tab key and presses Enter."""
        row = self.program.find('list item', name)
        for _ in range(20):
            if self.program.is_focused(row):
                break
            self.program.keys('key', 'Tab')
            try:
                driver.wait_for('focus', lambda: self.program.is_focused(row), patience=0.3)
            except driver.Missed:
                pass
        self.program.keys('key', 'Return')

    def show(self):
        """The list is shown, with the numbers of those that answer"""
        self.program.press('Show Servers')
        servers = self.program.find('list', 'Public Servers')
        self.program.find('list item', lambda name: name.startswith('Lantern Street') and 'members' in name, servers)
        self.program.find('list item', lambda name: name.startswith('Harbour') and 'members' not in name, servers)
        assert not any(self.program.look('list item', lambda name: name.startswith('Bad'), servers))
        assert self.requests() == 1
        self.pictures('2-list')

    def search(self):
        """It can be searched"""
        self.program.keys('type', 'lantern')
        servers = self.program.find('list', 'Public Servers')
        driver.wait_for('end of what does not match', lambda: not any(self.program.look('list item', lambda name: name.startswith('Harbour'), servers)))
        self.program.find('list item', lambda name: name.startswith('Lantern Street'), servers)

    def choose(self):
        """The server that is chosen says who it is"""
        self.activate(lambda name: name.startswith('Lantern Street'))
        self.program.find(name='wren')
        self.program.find('button', 'Continue', sensitive=True)

    def run(self):
        try:
            return driver.run_steps([self.ask, self.show, self.search, self.choose])
        finally:
            if self.program is not None:
                self.program.stop()
            self.found.stop()
            self.lister.stop()
            driver.remove_folder(self.profile)


if __name__ == '__main__':
    sys.exit(Discovery(sys.argv[1]).run())
