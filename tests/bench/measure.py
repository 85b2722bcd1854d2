# SPDX-License-Identifier: GPL-3.0-or-later
"""The program and the test server for benchmarks: what it costs, from outside.

The program is driven by keys and watched by its trace and by /proc, and never
through the accessibility tree, which would cost it what is to be measured.
"""
import json
import os
import shutil
import subprocess
import tempfile
import time
import urllib.request

PATIENCE = 60  # seconds
TICK = 0.02
HERTZ = os.sysconf('SC_CLK_TCK')


class Missed(AssertionError):
    """Something did not come to be in time."""


def wait_for(what, condition, patience=PATIENCE):
    deadline = time.monotonic() + patience
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise Missed(f'no {what} within {patience} s')
        time.sleep(TICK)


class Server:
    """The test server, in a process of its own."""

    def __init__(self, *arguments):
        self.process = subprocess.Popen([os.environ['NATTER_TEST_SERVER'], '--exit-with-parent', *arguments],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        listening = json.loads(self.process.stdout.readline())
        self.url = listening['url']
        self.control_url = listening['control']

    def control(self, **command):
        request = urllib.request.Request(self.control_url, json.dumps(command).encode(), method='POST')
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return json.load(answer)

    def stop(self):
        self.process.terminate()
        self.process.wait(PATIENCE)


def remove(folder):
    shutil.rmtree(folder, ignore_errors=True)


class Program:
    """Natter with a profile: without one, with a new one that is thrown away, signed in to a server as cleo."""

    def __init__(self, server, environment=None, profile=None):
        self.folder = tempfile.mkdtemp(prefix='natter-bench.')
        self.trace = os.path.join(self.folder, 'trace')
        arguments = ['--profile', profile] if profile else self._new_profile(server)
        # Without an accessibility bus, which nobody listens to here.
        self.process = subprocess.Popen([os.environ['NATTER_PROGRAM'], *arguments],
                                        env=dict(os.environ, NATTER_TRACE=self.trace, GTK_A11Y='none', **(environment or {})))
        wait_for('channels', lambda: self.events('channels-shown'))
        wait_for('keyboard', self._has_keyboard)

    def _new_profile(self, server):
        join = os.path.join(self.folder, 'join')
        with open(join, 'w', encoding='utf-8', opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
            file.write(f'{server.url}\ncleo\ncleo-pass\n')
        profile = os.path.join(self.folder, 'profile')
        os.mkdir(profile)
        with open(os.path.join(profile, 'settings.ini'), 'w', encoding='utf-8') as file:
            file.write('[dev/natter/Natter]\nwindow-maximized=true\n')
        return ['--profile', profile, '--join-file', join]

    def _has_keyboard(self):
        focus = subprocess.run(['xdotool', 'getwindowfocus', 'getwindowpid'], capture_output=True, text=True, check=False)
        return focus.stdout.strip() == str(self.process.pid)

    def events(self, name=None, since=0.0):
        """What the trace says so far, from a time of the program's own clock (ms)."""
        if self.process.poll() is not None:
            raise Missed(f'Natter ended with {self.process.returncode}')
        try:
            with open(self.trace, encoding='utf-8') as file:
                events = [json.loads(line) for line in file if line.endswith('\n')]
        except FileNotFoundError:
            return []
        return [event for event in events if event['ms'] >= since and name in (None, event['event'])]

    def now(self):
        """The program's own clock (ms): since it was started."""
        with open(f'/proc/{self.process.pid}/stat', encoding='utf-8') as file:
            start = int(file.read().rpartition(')')[2].split()[19])
        return (time.clock_gettime(time.CLOCK_BOOTTIME) - start / HERTZ) * 1000

    def cpu(self):
        """Seconds of the processor that it has used."""
        with open(f'/proc/{self.process.pid}/stat', encoding='utf-8') as file:
            fields = file.read().rpartition(')')[2].split()
        return (int(fields[11]) + int(fields[12])) / HERTZ

    def pss(self):
        """Memory in MB, as its share of what it shares, but without the files: they are the libraries, of which it
        has the more the fewer others there are that use them."""
        with open(f'/proc/{self.process.pid}/smaps_rollup', encoding='utf-8') as file:
            return sum(int(line.split()[1]) for line in file if line.startswith(('Pss_Anon:', 'Pss_Shmem:'))) / 1024

    def frames(self):
        """How many frames it has drawn, as it last said."""
        frames = self.events('frames')
        return frames[-1]['count'] if frames else 0

    def shown(self):
        painted = self.events('timeline-painted')
        return painted[-1]['channel'] if painted else None

    def keys(self, *what):
        subprocess.run(['xdotool', *what], check=True)

    def go_to(self, channel):
        """Walks down the channels; the milliseconds that the last step took until it was painted."""
        wait_for('first channel', self.shown)
        took = 0.0
        for _ in range(50):
            before = self.shown()
            if before == channel:
                return took
            start = self.now()
            self.keys('key', 'alt+Down')
            try:
                wait_for('next channel', lambda before=before: self.shown() != before, patience=2)
            except Missed:
                continue  # one that has no messages to paint
            took = self.events('timeline-painted')[-1]['ms'] - start
        raise Missed(f'no channel {channel}')

    def rest(self, patience=PATIENCE):
        """Waits until it has nothing to do: no processor used for half a second."""
        def idle():
            before = self.cpu()
            time.sleep(0.5)
            return self.cpu() - before <= 0.02
        wait_for('rest', idle, patience)

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
        remove(self.folder)


class Report:
    """Lines of figures, each with what it should be; the exit status tells whether all are so."""

    def __init__(self):
        self.missed = 0

    def figure(self, what, value, unit, most=None):
        target = ''
        if most is not None:
            target = f'  (at most {most:g})' if value <= most else f'  MISSED: at most {most:g}'
            self.missed += value > most
        print(f'{what:<46} {value:9.2f} {unit}{target}', flush=True)

    def late(self, program, since):
        """The stalls and the late frames since a time, of which there should be none. What the program computed in the
        worst of them tells its own part from the machine's, which may have other things to do."""
        for event in ('main-loop-stall', 'frame-late'):
            events = program.events(event, since)
            self.figure(f'  {event}', len(events), 'times', 0)
            if events:
                worst = max(events, key=lambda event: event['took'])
                self.figure('    the longest', worst['took'], 'ms')
                self.figure('    of which the program computed', worst['busy'], 'ms')

    def status(self):
        return 1 if self.missed else 0
