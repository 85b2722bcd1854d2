#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The desktop's notification service, as far as programs see it: keeps what is shown, and does what a person clicks."""
from gi.repository import Gio, GLib

INTERFACE = Gio.DBusNodeInfo.new_for_xml('''
<node>
  <interface name="org.freedesktop.Notifications">
    <method name="GetCapabilities"><arg type="as" direction="out"/></method>
    <method name="Notify">
      <arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
      <arg type="s" direction="in"/><arg type="as" direction="in"/><arg type="a{sv}" direction="in"/><arg type="i" direction="in"/>
      <arg type="u" direction="out"/>
    </method>
    <method name="CloseNotification"><arg type="u" direction="in"/></method>
    <method name="GetServerInformation">
      <arg type="s" direction="out"/><arg type="s" direction="out"/><arg type="s" direction="out"/><arg type="s" direction="out"/>
    </method>
    <signal name="NotificationClosed"><arg type="u"/><arg type="u"/></signal>
    <signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
  </interface>
</node>''').interfaces[0]
NAME = 'org.freedesktop.Notifications'
PATH = '/org/freedesktop/Notifications'


class Notification:
    def __init__(self, number, title, body, actions, hints):
        self.number = number
        self.title = title
        self.body = body
        self.actions = dict(zip(actions[1::2], actions[::2]))  # label -> name
        self.default = next((name for name in actions[::2] if name.startswith('default')), 'default')
        self.hints = hints

    def __repr__(self):
        return f'{self.title!r}: {self.body!r}'


class Service:
    """Owns the name on the session bus of the test, in this process."""

    def __init__(self):
        self.shown = {}  # number -> Notification
        self.all = []    # every one that there was, in order
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        self.bus.register_object(PATH, INTERFACE, self._call, None, None)
        Gio.bus_own_name_on_connection(self.bus, NAME, Gio.BusNameOwnerFlags.REPLACE, None, None)

    def _call(self, _bus, _sender, _path, _interface, method, parameters, invocation):
        arguments = parameters.unpack()
        answer = None
        if method == 'Notify':
            _program, number, _icon, title, body, actions, hints, _timeout = arguments
            number = number if number in self.shown else len(self.all) + 1
            self.shown[number] = Notification(number, title, body, actions, hints)
            self.all.append(self.shown[number])
            answer = GLib.Variant('(u)', (number,))
        elif method == 'CloseNotification':
            self._closed(arguments[0], 3)
        elif method == 'GetCapabilities':
            answer = GLib.Variant('(as)', (['actions', 'body', 'persistence', 'sound'],))
        else:
            answer = GLib.Variant('(ssss)', ('test', 'Natter', '1', '1.2'))
        invocation.return_value(answer)

    def _closed(self, number, reason):
        if self.shown.pop(number, None) is not None:
            self.bus.emit_signal(None, PATH, NAME, 'NotificationClosed', GLib.Variant('(uu)', (number, reason)))

    def find(self, text):
        """What is shown and has a text, or None."""
        return next((one for one in self.shown.values() if text in f'{one.title}\n{one.body}'), None)

    def choose(self, notification, label=None):
        """A person clicks it, or a button of it."""
        name = notification.actions[label] if label is not None else notification.default
        self.bus.emit_signal(None, PATH, NAME, 'ActionInvoked', GLib.Variant('(us)', (notification.number, name)))
        self._closed(notification.number, 2)
