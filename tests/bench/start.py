#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a start of Natter costs, beside an empty libadwaita window.

start.py [--runs N] [--messages N [--servers N]]

Both are started by turns. Each is given time to come to rest, then its memory
is read. Natter is signed in to a test server; or, with --messages, starts from
a profile with so many of them kept, of so many servers, and reaches none.
"""
import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

PATIENCE = 60  # seconds
TICK = 0.02
HERTZ = os.sysconf('SC_CLK_TCK')

# What a start may cost: times the empty window's first frame, MB beyond the empty window, MB a further server.
MOST_TIME, MOST_MEMORY, MOST_SERVER = 1.5, 30, 1


def wait_for(what, condition):
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            sys.exit(f'bench: no {what} within {PATIENCE} s')
        time.sleep(TICK)


def start_server():
    process = subprocess.Popen(
        [os.environ['NATTER_TEST_SERVER'], '--exit-with-parent', '--auth', 'cracked', '--seed', os.environ['NATTER_TEST_SEED']],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    return process, json.loads(process.stdout.readline())['url']


class Run:
    """One start of a program, from fork to rest: seconds until it was painted, of processor, MB."""

    def __init__(self, command, event):
        self.folder = tempfile.mkdtemp(prefix='natter-bench.')
        self.trace = os.path.join(self.folder, 'trace')
        self.process = subprocess.Popen(command(self.folder), env=dict(os.environ, NATTER_TRACE=self.trace, GTK_A11Y='none'))
        try:
            wait_for(f'"{event}"', lambda: self._event(event))
            self.painted = self._event(event) / 1000
            self.cpu_painted = self._cpu()
            self._rest()
            self.cpu = self._cpu()
            self.memory, self.private = self._memory()
        finally:
            self.process.kill()
            self.process.wait()
            shutil.rmtree(self.folder, ignore_errors=True)

    def _event(self, name):
        if self.process.poll() is not None:
            sys.exit(f'bench: {self.process.args[0]} ended with {self.process.returncode}')
        try:
            with open(self.trace, encoding='utf-8') as file:
                return next((event['ms'] for event in map(json.loads, filter(lambda line: line.endswith('\n'), file))
                             if event['event'] == name), None)
        except FileNotFoundError:
            return None

    def _cpu(self):
        with open(f'/proc/{self.process.pid}/stat', encoding='utf-8') as file:
            fields = file.read().rpartition(')')[2].split()
        return (int(fields[11]) + int(fields[12])) / HERTZ

    def _rest(self):
        def idle():
            before = self._cpu()
            time.sleep(1)
            return self._cpu() - before <= 0.02
        wait_for('rest', idle)

    def _memory(self):
        """Its share of all that it has in memory, and what of that nobody else has."""
        with open(f'/proc/{self.process.pid}/smaps_rollup', encoding='utf-8') as file:
            sizes = {line.split()[0]: int(line.split()[1]) / 1024 for line in file if line.endswith(' kB\n')}
        return sizes['Pss:'], sizes['Private_Clean:'] + sizes['Private_Dirty:']


def make_profile(servers, messages):
    """The folder of a profile, made once."""
    folder = os.path.join(os.environ['NATTER_BENCH_PROFILES'], f'{servers}-{messages}')
    if not os.path.isdir(folder):
        shutil.rmtree(f'{folder}.new', ignore_errors=True)
        subprocess.run([os.environ['NATTER_MAKE_PROFILE'], '--servers', str(servers), '--messages', str(messages), f'{folder}.new'],
                       check=True)
        os.rename(f'{folder}.new', folder)
    return folder


def natter_command(profile, url):
    def command(folder):
        own = os.path.join(folder, 'profile')
        if profile:
            shutil.copytree(profile, own)
            return [os.environ['NATTER_PROGRAM'], '--profile', own]
        join = os.path.join(folder, 'join')
        with open(join, 'w', encoding='utf-8', opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
            file.write(f'{url}\ncleo\ncleo-pass\n')
        return [os.environ['NATTER_PROGRAM'], '--profile', own, '--join-file', join]
    return command


def report(empty, natter, servers):
    """The medians; returns how many are above what they may be."""
    missed = 0

    def line(what, unit, pick, judge=None, most=None):
        nonlocal missed
        first, second = (statistics.median(map(pick, runs)) for runs in (empty, natter))
        text = f'{what:<22} {first:8.2f} {second:8.2f} {unit:<3} x {second / first:.2f}'
        if judge:
            value = judge(first, second)
            missed += value > most
            text += f'   {value:.2f} of at most {most}' + ('' if value <= most else ': MISSED')
        print(text)
        return first, second

    print(f'{"":<22} {"empty":>8} {"Natter":>8}      medians of {len(natter)}')
    line('painted', 's', lambda run: run.painted, lambda first, second: second / first, MOST_TIME)
    line('processor until then', 's', lambda run: run.cpu_painted)
    line('processor until rest', 's', lambda run: run.cpu)
    line('memory of its own', 'MB', lambda run: run.private)
    if servers > 1:
        first, second = line('memory at rest (PSS)', 'MB', lambda run: run.memory)
        each = (second - first - MOST_MEMORY) / (servers - 1)
        print(f'{"each further server":<22} {"":8} {each:8.2f} MB    of at most {MOST_SERVER}, when the first takes {MOST_MEMORY}')
        missed += each > MOST_SERVER
    else:
        line('memory at rest (PSS)', 'MB', lambda run: run.memory, lambda first, second: second - first, MOST_MEMORY)
    return missed


def main():
    parser = argparse.ArgumentParser(prog='build-aux/bench start', description='What a start costs, beside an empty window.')
    parser.add_argument('--runs', type=int, default=5, help='of each, 5 without')
    parser.add_argument('--messages', type=int, help='start from a profile with so many kept, and without a server')
    parser.add_argument('--servers', type=int, default=1, help='of so many servers')
    options = parser.parse_args()

    server, url = (None, None) if options.messages else start_server()
    command = natter_command(make_profile(options.servers, options.messages) if options.messages else None, url)
    empty, natter = [], []
    for _ in range(options.runs):
        empty.append(Run(lambda folder: [os.environ['NATTER_EMPTY_WINDOW']], 'painted'))
        natter.append(Run(command, 'timeline-painted'))
    missed = report(empty, natter, options.servers)
    if server:
        server.kill()
        server.wait()
    return 1 if missed else 0


if __name__ == '__main__':
    sys.exit(main())
