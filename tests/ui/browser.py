#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A browser without a window: opens a page and follows where it leads.

With --install it becomes the browser of the home folder that it runs in.
"""
import os
import sys
import urllib.request

ENTRY = """[Desktop Entry]
Type=Application
Name=Test Browser
Exec={python} {script} %u
MimeType=x-scheme-handler/http;x-scheme-handler/https;
NoDisplay=true
"""
DEFAULTS = """[Default Applications]
x-scheme-handler/http=natter-test-browser.desktop
x-scheme-handler/https=natter-test-browser.desktop
"""


def write(folder, name, text):
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, name), 'w', encoding='utf-8') as file:
        file.write(text)


def install():
    if not os.environ['HOME'].startswith('/tmp/') and 'natter-display' not in os.environ['HOME']:
        raise SystemExit('not in a home folder of somebody')
    write(os.path.join(os.environ['XDG_DATA_HOME'], 'applications'), 'natter-test-browser.desktop',
          ENTRY.format(python=sys.executable, script=os.path.abspath(__file__)))
    write(os.environ['XDG_CONFIG_HOME'], 'mimeapps.list', DEFAULTS)


if __name__ == '__main__':
    with urllib.request.urlopen(sys.argv[1], timeout=30) as answer:
        answer.read()
