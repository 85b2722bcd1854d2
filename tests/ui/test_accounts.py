#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rotur accounts: added in each way, used for the same server at once, looked at, and removed.

test_accounts.py light|dark
"""
import os
import sys

import browser
import driver


class Accounts:
    def __init__(self, style):
        self.style = style
        self.profile = driver.temporary_folder()
        self.server = driver.Server('--auth', 'cracked', '--seed', os.environ['NATTER_TEST_SEED'])
        self.server.control(do='rotur', browser_user='mika')
        driver.write_settings(self.profile, rotur_address=self.server.rotur)
        browser.install()
        self.program = None

    def pictures(self, step):
        """Wide last, which is how the next step goes on."""
        self.program.resize(360, 720)
        self.program.picture(f'accounts-{step}-{self.style}-narrow')
        self.program.resize(1200, 800)
        self.program.picture(f'accounts-{step}-{self.style}-wide')

    def start(self):
        """The accounts are in the main menu, and there are none"""
        self.program = driver.Program(self.profile, dark=self.style == 'dark')
        self.open_accounts()
        self.program.find('label', 'You have no account yet.')
        self.pictures('1-none')

    def open_accounts(self):
        self.program.press('Main Menu', role='toggle button')
        self.program.find('menu item')
        self.program.keys('key', 'c')  # the underlined letter
        self.program.find('button', 'Add Rotur Account')

    def refused(self):
        """A sign-in that went wrong is said, and can be tried again"""
        self.server.control(do='rotur', attack='no-token')
        self.program.activate('Add Rotur Account', role='button')
        self.program.find('button', 'Sign In With Browser')
        self.pictures('2-choose')
        self.program.press('Sign In With Browser')
        self.program.find(name=lambda name: name.startswith('The browser’s answer does not belong'))
        self.pictures('3-refused')

    def browser(self):
        """A person signs in in the browser"""
        self.program.press('Sign In With Browser')
        self.program.find('label', 'mika')
        self.program.find('button', 'Done')
        self.pictures('4-signed-in')
        self.program.press('Done')
        self.program.find(name=lambda name: name.startswith('mika'), inside=self.program.find('list', 'Accounts'))

    def waiting(self):
        """A browser that does not come back can be opened again, or given up"""
        self.server.control(do='rotur', browser_user=None)
        self.program.activate('Add Rotur Account', role='button')
        self.program.press('Sign In With Browser')
        self.program.find('button', 'Copy Link')
        self.pictures('5-waiting')
        self.program.press('Cancel')
        self.program.find('button', 'Sign In With Browser')

    def code(self):
        """Somebody signs in with a code, and says that the account is theirs"""
        self.program.activate('Use a Code')
        code = self.program.find('label', lambda name: len(name) == 6 and name == name.upper() and name.isalnum()).get_name()
        self.pictures('6-code')
        self.server.control(do='rotur', link=code, user='juno')
        self.program.find('label', 'Juno')
        self.pictures('7-is-this-you')
        self.program.press('Add Account')
        self.program.press('Done')

    def token(self):
        """A main token is kept only after it was said what it can do"""
        self.program.activate('Add Rotur Account', role='button')
        self.program.activate('Paste a Token')
        self.program.write('Token', 'tok-mika')
        self.pictures('8-token')
        self.program.press('Sign In')
        self.program.find('button', 'Keep Main Token')
        self.pictures('9-main')
        self.program.press('Cancel')
        self.program.find('button', 'Sign In With Browser')
        self.program.keys('key', 'Escape')
        self.program.gone('button', 'Sign In With Browser')
        self.pictures('10-list')

    def page(self):
        """The page of an account says where its token is and what it may do"""
        self.program.activate('mika')
        self.program.find(name=lambda name: name.startswith('Token Kept'))
        self.program.find('label', 'In your keyring')
        self.program.find('label', 'No server in your list uses this account.')
        self.pictures('11-page')
        self.program.keys('key', 'Escape')
        self.program.keys('key', 'Escape')
        self.program.gone('button', 'Add Rotur Account')
        self.program.find('label', 'Signed in to Rotur as mika')
        assert not any(self.program.is_showing(button) for button in self.program.look('button', 'Sign In to Rotur'))
        self.pictures('11-welcome')

    def join(self, name, picture=None):
        self.program.press('Add Server')
        self.program.write('Server Address', self.server.url)
        self.program.press('Continue')
        self.program.find(name='Lantern Street')
        self.program.press('Continue')
        self.program.find('list', 'Your Accounts')
        if picture:
            self.pictures(picture)
        self.program.activate(name, inside=self.program.find('list', 'Your Accounts'))
        self.program.gone('list', 'Your Accounts')

    def two_identities(self):
        """One server is joined by two people at once, with accounts that are there"""
        self.join('mika', '12-your-accounts')
        self.program.find('list', 'Channels')
        self.join('Juno')
        self.program.find('list', 'Channels')
        driver.wait_for('two people on the server', lambda: self.server.signed_in() == 2)
        self.pictures('13-two')

    def remove(self):
        """An account is removed with its servers, after it was said what that means"""
        self.open_accounts()
        self.program.activate('Juno')
        self.program.activate('Remove Account', role='button')
        self.program.find(name=lambda name: '1 server is removed from your list' in name)
        self.pictures('14-remove')
        self.program.press('Remove')
        driver.wait_for('one person on the server', lambda: self.server.signed_in() == 1)
        self.program.find('button', 'Add Rotur Account')
        self.program.gone('list item', 'Juno')
        self.pictures('15-removed')

    def leave(self):
        """The program ends when asked"""
        self.program.keys('key', 'Escape')
        status = self.program.quit()
        assert status == 0, status

    def run(self):
        try:
            return driver.run_steps([self.start, self.refused, self.browser, self.waiting, self.code, self.token,
                                     self.page, self.two_identities, self.remove, self.leave])
        finally:
            if self.program is not None:
                self.program.stop()
            self.server.stop()
            driver.remove_folder(self.profile)


if __name__ == '__main__':
    sys.exit(Accounts(sys.argv[1]).run())
