# SPDX-License-Identifier: GPL-3.0-or-later
"""The accessibility tree, read in one go.

The library asks for one property of one widget, and waits for the answer before it asks for the next. Here all that
is to be known of the widgets is asked for at once, which takes a fifth of the time and keeps the program that answers
less busy. What is found is handed out as the library's objects.
"""
import functools

import gi
gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, Gio, GLib  # noqa: E402 # pylint: disable=wrong-import-position

ACCESSIBLE = 'org.a11y.atspi.Accessible'
NAME = GLib.Variant('(ss)', (ACCESSIBLE, 'Name'))

WENT = (Gio.DBusError.UNKNOWN_METHOD, Gio.DBusError.UNKNOWN_OBJECT, Gio.DBusError.UNKNOWN_INTERFACE)


class Widget:
    """What is known of a widget, until somebody wants the widget itself."""

    def __init__(self, path, parent=None, index=0):
        self.path = path
        self.parent = parent
        self.index = index
        self.role = None
        self.name = None
        self.children = []
        self.is_there = False
        self.accessible = None

    def everything(self):
        """The widget and what is in it, in the order of the screen."""
        if not self.is_there:
            return
        yield self
        for child in self.children:
            yield from child.everything()

    def get(self):
        """The library's object; nothing when the widget went, or another one is in its place."""
        if self.accessible is None:
            parent = self.parent.get()
            child = parent.get_child_at_index(self.index) if parent is not None else None
            if child is None or child.path != self.path:
                return None
            self.accessible = child
        return self.accessible


class Reading:
    """The questions that are on their way."""

    def __init__(self, name, roles, wants_name, patience):
        self.bus = accessibility_bus()
        self.name = name
        self.roles = roles
        self.wants_name = wants_name
        self.patience = patience
        self.context = GLib.MainContext()
        self.waiting = 0
        self.error = None

    def read(self, accessible):
        root = Widget(accessible.path)
        root.accessible = accessible
        self.context.push_thread_default()
        try:
            self.look_at(root)
            while self.waiting:
                self.context.iteration(True)
        finally:
            self.context.pop_thread_default()
        if self.error is not None:
            raise self.error
        return root

    def ask(self, widget, method, answered, interface=ACCESSIBLE, arguments=None):
        def done(bus, result):
            self.waiting -= 1
            try:
                answer = bus.call_finish(result).unpack()[0]
            except GLib.Error as error:
                # A widget that went away while it was asked is not there. A program that did is a fault.
                if not any(error.matches(Gio.dbus_error_quark(), code) for code in WENT):
                    self.error = error
                return
            answered(widget, answer)
        self.waiting += 1
        self.bus.call(self.name, widget.path, interface, method, arguments, None, Gio.DBusCallFlags.NONE, self.patience * 1000, None, done)

    def look_at(self, widget):
        self.ask(widget, 'GetRole', self.has_role)
        self.ask(widget, 'GetState', self.has_states)

    def has_role(self, widget, role):
        widget.role = Atspi.role_get_name(Atspi.Role(role))
        if self.wants_name and (self.roles is None or widget.role in self.roles):
            self.ask(widget, 'Get', self.has_name, 'org.freedesktop.DBus.Properties', NAME)

    @staticmethod
    def has_name(widget, name):
        widget.name = name

    def has_states(self, widget, states):
        # What is asked for is looked at even when it is hidden; what is hidden in it is not.
        widget.is_there = widget.parent is None or bool(states[0] >> Atspi.StateType.VISIBLE & 1)
        if widget.is_there:
            self.ask(widget, 'GetChildren', self.has_children)

    def has_children(self, widget, children):
        widget.children = [Widget(path, widget, index) for index, (_bus, path) in enumerate(children)]
        for child in widget.children:
            self.look_at(child)


@functools.cache
def accessibility_bus():
    session = Gio.bus_get_sync(Gio.BusType.SESSION)
    address = session.call_sync('org.a11y.Bus', '/org/a11y/bus', 'org.a11y.Bus', 'GetAddress', None, None,
                                Gio.DBusCallFlags.NONE, -1).unpack()[0]
    return Gio.DBusConnection.new_for_address_sync(
        address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION)


def look(inside, role, name, patience):
    """The widgets of a role (or of one of some) and a name (or of a name for which a test holds), in the order of the screen.

    patience is in seconds, for each answer.
    """
    roles = (role,) if isinstance(role, str) else role
    root = Reading(inside.app.bus_name, roles, name is not None, patience).read(inside)
    for widget in root.everything():
        if roles is not None and widget.role not in roles:
            continue
        if callable(name) and not name(widget.name or ''):
            continue
        if isinstance(name, str) and widget.name != name:
            continue
        accessible = widget.get()
        if accessible is not None:
            accessible.clear_cache_single()
            yield accessible
