#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Natter takes of the machine with a window that has shown much, and after it was closed."""
import os
import sys
import time

sys.path.insert(0, os.path.join(os.environ['NATTER_CHECKOUT'], 'tests', 'ui'))
import driver  # pylint: disable=wrong-import-position,import-error # where it lives is known only now

QUIET = 5  # seconds, more than Natter waits before it gives back what it has freed


def memory(program):
    """What the program alone takes, and what it takes with its share of the libraries, in MiB. What is swapped out counts."""
    with open(f'/proc/{program.process.pid}/smaps_rollup', encoding='ascii') as file:
        lines = [line.split() for line in file if ':' in line]
    sizes = {line[0]: int(line[1]) / 1024 for line in lines if line[-1] == 'kB'}
    return sizes['Anonymous:'] + sizes['SwapPss:'], sizes['Pss:'] + sizes['SwapPss:']


def settled(program):
    taken = []

    def still():
        now = time.monotonic()
        taken.append((now, round(memory(program)[0], 1)))
        return now - taken[0][0] > QUIET and len({size for when, size in taken if now - when < QUIET}) == 1
    driver.wait_for('memory that stays as it is', still)
    return memory(program)


def look_around(program):
    """Through all channels, as somebody who comes back from holidays."""
    titles = set()
    while True:
        title = program.find('frame').get_name()
        if title in titles:
            return
        titles.add(title)
        program.keys('key', 'alt+Down')
        try:
            driver.wait_for('another channel', lambda title=title: program.find('frame').get_name() != title, patience=2)
        except driver.Missed:
            return


def main():
    profile = driver.temporary_folder()
    server = driver.Server('--auth', 'cracked', '--seed', os.environ['NATTER_TEST_SEED'])
    join = os.path.join(profile, 'join')
    with open(join, 'w', encoding='utf-8') as file:
        file.write(f'{server.url}\ncleo\ncleo-pass\n')
    with open(os.path.join(profile, 'settings.ini'), 'w', encoding='utf-8') as file:
        file.write('[dev/natter/Natter]\nrun-in-background=true\n')
    program = driver.Program(profile, '--join-file', join)
    try:
        program.find('list', 'Channels')
        look_around(program)
        before = settled(program)
        program.keys('key', 'ctrl+w')
        driver.wait_for('end of the window', lambda: not program.has_window())
        after = settled(program)
        for what, (own, all_of_it) in (('with a window', before), ('without', after)):
            print(f'{what}: {own:.1f} MiB of its own, {all_of_it:.1f} MiB with the libraries')
        return 0 if after[0] < before[0] else 1
    finally:
        program.stop()
        server.stop()
        driver.remove_folder(profile)


sys.exit(main())
