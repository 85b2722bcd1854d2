#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes the pictures that stores show: windows alone, with a shadow, no larger than 1000×700.

take_screenshots.py FOLDER
"""
import os
import subprocess
import sys

import driver

# Without a compositor GTK draws a border instead of a shadow.
BORDER = 4
RADIUS = 15
SHADOW = 30  # room for it on each side
WIDE = (1000 - 2 * SHADOW + 2 * BORDER, 700 - 2 * SHADOW + 2 * BORDER)
NARROW = (360 + 2 * BORDER, 700 - 2 * SHADOW + 2 * BORDER)


def use_font_of_desktop():
    """Without a desktop's settings there is only the font that has every letter."""
    with open(os.path.join(os.environ['XDG_CONFIG_HOME'], 'gtk-4.0', 'settings.ini'), 'a', encoding='utf-8') as file:
        file.write('gtk-font-name=Cantarell 11\n')


class Studio:
    def __init__(self, folder, dark):
        self.folder = folder
        self.profile = driver.temporary_folder()
        self.server = driver.Server('--auth', 'cracked', '--seed', os.environ['NATTER_TEST_SEED'])
        join = os.path.join(self.profile, 'join')
        with open(join, 'w', encoding='utf-8') as file:
            file.write(f'{self.server.url}\ncleo\ncleo-pass\n')
        self.program = driver.Program(self.profile, '--join-file', join, dark=dark)
        self.program.find('list', 'Channels')
        self.program.resize(*WIDE)
        self.program.go_to('general', 'alt+Down')
        self.program.find('list', 'Messages')
        # What is under the pointer looks different.
        subprocess.run(['xdotool', 'mousemove', '1279', '899'], check=True)

    def take(self, name):
        """A picture with round corners and a shadow, as a desktop would show the window."""
        self.program.picture(f'store-{name}')
        taken = os.path.join(os.environ['NATTER_SCREENSHOTS'], f'store-{name}.png')
        size = subprocess.run(['identify', '-format', '%w %h', taken], capture_output=True, text=True, check=True).stdout
        width, height = (int(number) - 2 * BORDER for number in size.split())
        subprocess.run(['convert', taken, '-shave', f'{BORDER}x{BORDER}', '+repage',
                        '(', '-size', f'{width}x{height}', 'xc:black', '-fill', 'white',
                        '-draw', f'roundrectangle 0,0,{width - 1},{height - 1},{RADIUS},{RADIUS}', ')',
                        '-alpha', 'off', '-compose', 'CopyOpacity', '-composite', '-compose', 'Over',
                        '(', '+clone', '-background', 'black', '-shadow', '45x9+0+3', ')', '+swap',
                        '-background', 'none', '-layers', 'merge', '+repage',
                        '-gravity', 'center', '-extent', f'{width + 2 * SHADOW}x{height + 2 * SHADOW}', '-strip', '-depth', '8',
                        os.path.join(self.folder, f'{name}.png')], check=True)

    def stop(self):
        self.program.stop()
        self.server.stop()
        driver.remove_folder(self.profile)


def light(studio):
    studio.take('conversation')
    studio.program.keys('key', 'ctrl+k')
    studio.program.find('dialog', 'Go To')
    studio.program.keys('type', 'la')
    studio.program.find('list item', lambda name: name.startswith('Lantern Street'))
    studio.take('go-to')
    studio.program.keys('key', 'Escape')
    studio.program.gone('dialog', 'Go To')
    studio.program.keys('key', 'ctrl+shift+f')
    studio.program.find('button', 'Close Search')
    studio.program.keys('type', 'lantern')
    studio.program.find('list', 'Messages Found')
    studio.take('search')


def dark(studio):
    studio.program.resize(*NARROW)
    studio.take('narrow')


def main(folder):
    os.makedirs(folder, exist_ok=True)
    use_font_of_desktop()
    for way, is_dark in ((light, False), (dark, True)):
        studio = Studio(folder, is_dark)
        try:
            way(studio)
        finally:
            studio.stop()


main(*sys.argv[1:])
