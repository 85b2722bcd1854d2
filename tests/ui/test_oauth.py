#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Signing in to Rotur with OAuth in the browser, and what it means to leave a permission out.

test_oauth.py light|dark
"""
import os
import sys

import browser
import driver

TOVE = '6f1c0f5e-7a6b-4c55-9d0e-0d6a1c9e0077'
SAID = 'Fresh tea on the landing'
CLIENT = 'app_0123456789abcdef'
PERMISSIONS = ['profile', 'offline_access', 'validators:generate', 'account:view', 'friends:view', 'friends:request',
               'friends:accept', 'friends:remove', 'blocked:view', 'blocked:manage']


def starts(text):
    return lambda name: name.startswith(text)


class OAuth:
    def __init__(self, style):
        self.style = style
        self.profile = driver.temporary_folder()
        self.server = driver.Server('--auth', 'rotur', '--seed', os.environ['NATTER_TEST_SEED'])
        self.server.control(do='rotur', browser_user='mika')
        self.server.control(do='config', user={'id': TOVE, 'username': 'tove', 'nickname': 'Tove of the Mountains', 'roles': ['user']})
        driver.write_settings(self.profile, rotur_address=self.server.rotur, rotur_client_id=CLIENT)
        browser.install()
        self.program = None

    def grant(self, *without):
        """What the person leaves switched on."""
        self.server.control(do='rotur', grant=[name for name in PERMISSIONS if name not in without])

    def open_accounts(self):
        self.program.press('Main Menu', role='toggle button')
        self.program.find('menu item')
        self.program.keys('key', 'c')  # the underlined letter
        self.program.find('button', 'Add Rotur Account')

    def close(self):
        """Goes back through the pages of a dialog until it is closed."""
        for _ in range(6):
            self.program.keys('key', 'Escape')
            try:
                driver.wait_for('end of the dialog', lambda: not any(self.program.look('dialog')), patience=1)
                return
            except driver.Missed:
                pass
        raise driver.Missed('Escape does not close the dialog')

    def refused(self):
        """Whoever says no in the browser, or is sent back wrongly, is told so and can try again"""
        self.program = driver.Program(self.profile, dark=self.style == 'dark')
        self.open_accounts()
        self.program.activate('Add Rotur Account', role='button')
        for attack, words in (('deny', 'Natter was not allowed to use the account'),
                              ('wrong-state', 'The browser’s answer does not belong')):
            self.server.control(do='rotur', attack=attack)
            self.program.press('Sign In With Browser')
            self.program.find(name=starts(words))
            self.program.picture(f'oauth-{attack}')

    def limited(self):
        """A permission that was switched off is named where it is missed, with what to do"""
        self.grant('validators:generate')
        self.program.press('Sign In With Browser')
        self.program.press('Done')
        self.program.gone('button', 'Done')
        row = self.program.find('list item', starts('mika'), self.program.find('list', 'Accounts'))
        self.program.activate(row.get_name())
        self.program.find(name=lambda name: name.startswith('You did not allow Natter to sign in to servers') and 'validators:generate' in name)
        self.program.find('label', 'A token for what you allowed, renewed every hour')
        self.program.picture('oauth-limited')
        self.close()

    def disabled(self):
        """It does not sign in to a server, which is not even asked, and says why"""
        self.program.press('Add Server')
        self.program.write('Server Address', self.server.url)
        self.program.press('Continue')
        self.program.find(name='Lantern Street')
        self.program.press('Continue')
        self.program.activate('mika', inside=self.program.find('list', 'Your Accounts'))
        self.program.find(name=starts('You did not allow Natter to sign in to servers'))
        self.program.picture('oauth-disabled')
        assert self.server.signed_in() == 0
        assert self.server.control(do='status')['received'].get('auth', 0) == 0
        self.close()

    def allowed(self):
        """Whoever signs in again and allows it can use the account at once"""
        self.grant()
        self.open_accounts()
        self.program.activate(self.program.find('list item', starts('mika'), self.program.find('list', 'Accounts')).get_name())
        self.program.activate('Sign In Again', role='button')
        self.program.press('Sign In With Browser')
        self.program.press('Done')
        self.program.gone('label', starts('You did not allow Natter'))
        self.program.picture('oauth-allowed')
        self.close()
        self.program.press('Add Server')
        self.program.write('Server Address', self.server.url)
        self.program.press('Continue')
        self.program.find(name='Lantern Street')
        self.program.press('Continue')
        self.program.activate('mika', inside=self.program.find('list', 'Your Accounts'))
        self.program.find('list', 'Channels')
        driver.wait_for('sign-in', lambda: self.server.signed_in() == 1)

    def card(self):
        """Opens the card of somebody."""
        self.program.keys('key', 'ctrl+k')
        self.program.find('entry', 'Go To')
        self.program.keys('type', '@mountains')
        self.program.find('list item', starts('Tove of the Mountains, person'))
        self.program.keys('key', 'Return')
        self.program.find('button', 'Mention')

    def block(self):
        """With a Rotur account one learns who somebody is there, and what blocked people write is put away"""
        self.program.go_to('general', 'alt+Down')
        self.server.control(do='act', user=TOVE, packet={'cmd': 'message_new', 'channel': 'general', 'content': SAID})
        self.program.message(SAID)
        self.card()
        self.program.find('label', lambda name: 'Mountains.' in name)
        self.program.picture('oauth-card', whole=True)
        self.program.press('Block')
        self.program.message('blocked message')
        self.program.gone('list item', lambda name: SAID in name)
        self.card()
        self.program.press('Unblock')
        self.program.message(SAID)

    def leave(self):
        """The program ends when asked"""
        assert self.program.quit() == 0

    def run(self):
        try:
            return driver.run_steps([self.refused, self.limited, self.disabled, self.allowed, self.block, self.leave])
        finally:
            if self.program is not None:
                self.program.stop()
            self.server.stop()
            driver.remove_folder(self.profile)


if __name__ == '__main__':
    sys.exit(OAuth(sys.argv[1]).run())
