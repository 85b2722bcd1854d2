#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""10,000 messages at once: into the open channel, while following its end and while reading above, and into another.

burst.py [COUNT] [RATE]
"""
import sys
import time

import measure

COUNT = int(sys.argv[1]) if len(sys.argv) > 1 else 10000
RATE = int(sys.argv[2]) if len(sys.argv) > 2 else 1000


def have_arrived(server, channel, count):
    """As somebody else sees it, the last message of the burst is there."""
    answers = server.control(do='act', user='USR:local_wren', packet={'cmd': 'messages_get', 'channel': channel, 'limit': 1})
    return f'burst {count - 1}"' in str(answers).replace("'", '"')


def draw(program, frames):
    """The processor's seconds for drawing so many frames of the conversation with nothing new in it."""
    program.keys('mousemove', '640', '400')
    program.rest()
    before, first = program.cpu(), program.frames()
    while program.frames() - first < frames:
        for button in ('5', '4'):
            program.keys('click', '--repeat', '10', '--delay', '30', button)
    program.rest()
    return (program.cpu() - before) / max(program.frames() - first, 1)


def burst(program, server, report, what, channel, most, frame_cost):
    print(what)
    program.rest()
    time.sleep(1)
    since, memory, before, first = program.now(), program.pss(), program.cpu(), program.frames()
    started = time.monotonic()
    server.control(do='burst', channel=channel, count=COUNT, rate=RATE, users=5)
    time.sleep(COUNT / RATE)
    measure.wait_for('end of the burst', lambda: have_arrived(server, channel, COUNT))
    program.rest()
    took = time.monotonic() - started
    used = program.cpu() - before
    frames = program.frames() - first
    report.figure('  took', took, 's')
    report.figure('  frames', frames, '')
    report.figure('  processor for 1,000 messages', used / COUNT * 1000, 's')
    report.figure('  beyond drawing as many frames', (used - frames * frame_cost) / COUNT * 1000, 's', most)
    report.late(program, since)
    time.sleep(5)
    report.figure('  memory before', memory, 'MB')
    report.figure('  memory grown 5 s afterwards', program.pss() - memory, 'MB', 5)


def main():
    report = measure.Report()
    server = measure.Server('--auth', 'cracked', '--messages', '2000')
    program = measure.Program(server)
    try:
        program.go_to('archive')
        frame_cost = draw(program, 100)
        report.figure('Drawing a frame', frame_cost * 1000, 'ms')
        burst(program, server, report, 'Open, following the end', 'archive', 0.25, frame_cost)
        burst(program, server, report, 'Once more', 'archive', 0.25, frame_cost)
        program.keys('mousemove', '640', '400', 'click', '--repeat', '20', '--delay', '20', '4')
        burst(program, server, report, 'Open, reading above', 'archive', 0.25, frame_cost)
        burst(program, server, report, 'Not open', 'general', 0.06, frame_cost)
    finally:
        program.stop()
        server.stop()
    return report.status()


if __name__ == '__main__':
    sys.exit(main())
