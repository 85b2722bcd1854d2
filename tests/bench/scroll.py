#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Opens a channel of 100 and one of 100,000 messages, and scrolls back 10,000.

scroll.py [MESSAGES-TO-SCROLL]
"""
import sys
import time

import measure

BACK = int(sys.argv[1]) if len(sys.argv) > 1 else 10000
PAGE = 50
REPEAT = 5


def open_archive(report, messages):
    """The time until the channel is painted, the best of some, and the program that shows it."""
    server = measure.Server('--auth', 'cracked', '--messages', str(messages))
    times = []
    for i in range(REPEAT):
        program = measure.Program(server)
        times.append(program.go_to('archive'))
        if i < REPEAT - 1:
            program.stop()
    report.figure(f'Opening a channel of {messages:,} messages', min(times), 'ms')
    return server, program, min(times)


def pages(program):
    """How many pages of history the program has shown."""
    return len(program.events('timeline-painted'))


def scroll_back(report, program):
    program.keys('key', 'shift+Tab', 'shift+Tab')
    program.rest()
    memory, before, first, since, frames = program.pss(), program.cpu(), pages(program), program.now(), program.frames()
    started = time.monotonic()
    most = memory
    while (pages(program) - first) * PAGE < BACK:
        program.keys('key', '--repeat', '20', '--delay', '30', 'Page_Up')
        most = max(most, program.pss())
        if time.monotonic() - started > 600:
            raise measure.Missed(f'{BACK} messages in 10 minutes')
    program.rest()
    report.figure(f'Scrolling back {BACK:,} messages', time.monotonic() - started, 's')
    report.figure('  processor', program.cpu() - before, 's')
    report.figure('  frames', program.frames() - frames, '')
    report.late(program, since)
    report.figure('  memory before', memory, 'MB')
    report.figure('  memory grown at most', max(most, program.pss()) - memory, 'MB', 15)


def main():
    report = measure.Report()
    server, program, few = open_archive(report, 100)
    program.stop()
    server.stop()
    server, program, many = open_archive(report, 100000)
    report.figure('  more than with few', many - few, 'ms', 50)
    try:
        scroll_back(report, program)
    finally:
        program.stop()
        server.stop()
    return report.status()


if __name__ == '__main__':
    sys.exit(main())
