#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A window from which files can be dragged, as from a file manager.

drag_source.py FILE…
"""
import sys

import gi
gi.require_version('Gtk', '4.0')
from gi.repository import Gdk, Gio, GLib, GObject, Gtk  # pylint: disable=wrong-import-position


def on_prepare(_source, _x, _y):
    files = Gdk.FileList.new_from_list([Gio.File.new_for_path(path) for path in sys.argv[1:]])
    return Gdk.ContentProvider.new_for_value(GObject.Value(Gdk.FileList, files))


def main():
    Gtk.init()
    window = Gtk.Window(title='Files', default_width=160, default_height=160)
    label = Gtk.Label(label='Drag me', hexpand=True, vexpand=True)
    source = Gtk.DragSource(actions=Gdk.DragAction.COPY)
    source.connect('prepare', on_prepare)
    label.add_controller(source)
    window.set_child(label)
    window.present()
    GLib.MainLoop().run()


if __name__ == '__main__':
    main()
