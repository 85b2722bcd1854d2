#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Goes from channel to channel 1,000 times, up and down the list of a community.

switch.py [TIMES]
"""
import sys

import measure

TIMES = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
FIRST = TIMES // 10
ROUND = 20
SEED = 'tests/server/seed-demo.json'


def switch(program, times):
    """There and back, so that all ways through the list are used; each key press is let come to its end."""
    for i in range(times // ROUND):
        key = 'alt+Down' if i % 2 == 0 else 'alt+Up'
        program.keys('key', '--repeat', str(ROUND), '--delay', '60', key)
    program.rest()


def main():
    report = measure.Report()
    server = measure.Server('--auth', 'cracked', '--seed', SEED)
    program = measure.Program(server)
    try:
        program.rest()
        switch(program, FIRST)
        memory, before, since, painted = program.pss(), program.cpu(), program.now(), len(program.events('timeline-painted'))
        switch(program, TIMES - FIRST)
        report.figure('Conversations painted', len(program.events('timeline-painted')) - painted, '')
        report.figure(f'Processor for {TIMES - FIRST} switches', program.cpu() - before, 's')
        report.late(program, since)
        report.figure(f'Memory after the first {FIRST}', memory, 'MB')
        report.figure('  grown by the others', program.pss() - memory, 'MB', 5)
    finally:
        program.stop()
        server.stop()
    return report.status()


if __name__ == '__main__':
    sys.exit(main())
