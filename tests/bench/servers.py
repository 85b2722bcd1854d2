#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts with many servers in the list, and signs in to each: the one that is shown first, and without a stall.

servers.py [COUNT]

All of them are one process of the test server, which is as busy as the program meanwhile.
"""
import json
import os
import socket
import sqlite3
import subprocess
import sys
import tempfile
import uuid

import measure

COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else 50
SHOWN = COUNT * 3 // 4
CHANNELS, PEOPLE, MESSAGES = 25, 200, 40
RIGHTS = {'view': ['user'], 'send': ['user']}


def free_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


def kept_messages(profile):
    """What is kept of the channel that is shown, for the server to say it again."""
    database = sqlite3.connect(os.path.join(profile, 'data', 'messages.db'))
    rows = database.execute('SELECT messages.id, people.name, content, messages.key / 1000.0, rest FROM messages'
                            ' JOIN people ON people.key = author JOIN places ON places.key = place'
                            ' JOIN servers ON servers.key = places.server WHERE servers.id = ? AND channel = ?'
                            ' ORDER BY messages.key', (f'server-{SHOWN}', 'channel-0')).fetchall()
    database.close()
    return [{'id': str(uuid.UUID(bytes=key)), 'user': name.removeprefix('USR:local_'), 'content': content, 'timestamp': time,
             'extra': json.loads(rest or '{}')} for key, name, content, time, rest in rows]


def make_seed(path, messages):
    """What the profile has of each server, as the server has it."""
    seed = {'server': {'name': 'Server'}, 'roles': {'user': {'color': '#3584e4', 'hoisted': True}},
            'users': [{'name': f'person{i}', 'nickname': f'Person {i}', 'roles': ['user'], 'present': i % 4 == 0}
                      for i in range(PEOPLE)],
            'channels': [{'type': 'text', 'name': f'channel-{i}', 'description': f'About the number {i}', 'permissions': RIGHTS}
                         for i in range(CHANNELS)],
            'messages': {'channel-0': messages}}
    with open(path, 'w', encoding='utf-8') as file:
        json.dump(seed, file)


def make_profile(url, folder):
    profile = os.path.join(folder, 'profile')
    subprocess.run([os.environ['NATTER_MAKE_PROFILE'], '--servers', str(COUNT), '--messages', str(COUNT * CHANNELS * MESSAGES),
                    '--address', url, '--password', 'person0-pass', profile], check=True, stdout=subprocess.DEVNULL)
    with open(os.path.join(profile, 'settings.ini'), 'w', encoding='utf-8') as file:
        file.write(f"[dev/natter/Natter]\nwindow-maximized=true\nselected-server='server-{SHOWN}'\n")
    return profile


def main():
    report = measure.Report()
    folder = tempfile.mkdtemp(prefix='natter-bench.')
    seed = os.path.join(folder, 'seed.json')
    port = free_port()
    profile = make_profile(f'ws://127.0.0.1:{port}', folder)
    make_seed(seed, kept_messages(profile))
    server = measure.Server('--auth', 'cracked', f'--port={port}', '--seed', seed)
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
