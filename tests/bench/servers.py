#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts with many servers in the list, and signs in to each: the one that is shown first, and without a stall.

servers.py [COUNT]

All of them are one process of the test server, which is as busy as the program meanwhile.
"""
import json
import os
import subprocess
import sys
import tempfile

import measure

COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else 50
SHOWN = COUNT * 3 // 4
CHANNELS, PEOPLE, MESSAGES = 25, 200, 40
RIGHTS = {'view': ['user'], 'send': ['user']}


def make_seed(path):
    """What the profile has of each server, as the server has it."""
    seed = {'server': {'name': 'Server'}, 'roles': {'user': {}},
            'users': [{'name': f'person{i}', 'roles': ['user'], 'present': i % 4 == 0} for i in range(PEOPLE)],
            'channels': [{'type': 'text', 'name': f'channel-{i}', 'permissions': RIGHTS} for i in range(CHANNELS)],
            'messages': {'channel-0': [{'user': f'person{i % PEOPLE}', 'content': f'The number {i}', 'at': i - MESSAGES}
                                       for i in range(MESSAGES)]}}
    with open(path, 'w', encoding='utf-8') as file:
        json.dump(seed, file)


def make_profile(server, folder):
    profile = os.path.join(folder, 'profile')
    subprocess.run([os.environ['NATTER_MAKE_PROFILE'], '--servers', str(COUNT), '--messages', str(COUNT * CHANNELS * MESSAGES),
                    '--address', server.url, '--password', 'person0-pass', profile], check=True, stdout=subprocess.DEVNULL)
    with open(os.path.join(profile, 'settings.ini'), 'w', encoding='utf-8') as file:
        file.write(f"[dev/natter/Natter]\nwindow-maximized=true\nselected-server='server-{SHOWN}'\n")
    return profile


def main():
    report = measure.Report()
    folder = tempfile.mkdtemp(prefix='natter-bench.')
    seed = os.path.join(folder, 'seed.json')
    make_seed(seed)
    server = measure.Server('--auth', 'cracked', '--seed', seed)
    profile = make_profile(server, folder)
    program = measure.Program(server, profile=profile)
    try:
        measure.wait_for('all servers', lambda: len(program.events('ready')) >= COUNT)
        program.rest()
        reached, ready = program.events('handshake'), program.events('ready')
        # Their numbers are in the order of the list, from 1 on.
        report.figure('Servers before the one that is shown', [event['server'] for event in ready].index(SHOWN + 1), '', 0)
        report.figure('First messages painted', program.events('timeline-painted')[0]['ms'], 'ms')
        report.figure('The server that is shown reached', reached[0]['ms'], 'ms')
        report.figure(f'All {COUNT} signed in to', ready[-1]['ms'], 'ms')
        report.figure('Connections made', len(reached), '', COUNT)
        report.figure('Processor until rest', program.cpu(), 's')
        report.figure('Memory', program.pss(), 'MB')
        print('Since it was connected to the first:')
        report.late(program, reached[0]['ms'])
    finally:
        program.stop()
        server.stop()
        measure.remove(folder)
    return report.status()


if __name__ == '__main__':
    sys.exit(main())
