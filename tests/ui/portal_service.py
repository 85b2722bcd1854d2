#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The desktop's portal, as far as Natter asks it: what it was asked is kept, and a test decides what it answers."""
from gi.repository import Gio, GLib

INTERFACES = Gio.DBusNodeInfo.new_for_xml('''
<node>
  <interface name="org.freedesktop.portal.Background">
    <method name="RequestBackground">
      <arg type="s" direction="in"/><arg type="a{sv}" direction="in"/><arg type="o" direction="out"/>
    </method>
    <method name="SetStatus"><arg type="a{sv}" direction="in"/></method>
    <property name="version" type="u" access="read"/>
  </interface>
  <interface name="org.freedesktop.portal.Inhibit">
    <method name="CreateMonitor">
      <arg type="s" direction="in"/><arg type="a{sv}" direction="in"/><arg type="o" direction="out"/>
    </method>
    <signal name="StateChanged"><arg type="o"/><arg type="a{sv}"/></signal>
    <property name="version" type="u" access="read"/>
  </interface>
  <interface name="org.freedesktop.portal.Settings">
    <method name="ReadOne">
      <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="v" direction="out"/>
    </method>
    <signal name="SettingChanged"><arg type="s"/><arg type="s"/><arg type="v"/></signal>
    <property name="version" type="u" access="read"/>
  </interface>
  <interface name="org.freedesktop.portal.ProxyResolver">
    <method name="Lookup"><arg type="s" direction="in"/><arg type="as" direction="out"/></method>
    <property name="version" type="u" access="read"/>
  </interface>
</node>''').interfaces
NAME = 'org.freedesktop.portal.Desktop'
PATH = '/org/freedesktop/portal/desktop'
LATE = 4000  # milliseconds, after which a search would long be answered
INHIBIT = 'org.freedesktop.portal.Inhibit'
SETTINGS = 'org.freedesktop.portal.Settings'
CLOCK = ('org.gnome.desktop.interface', 'clock-format')


class Portal:
    """Owns the name on the session bus of the test, in this process."""

    def __init__(self):
        self.allows = True      # the person, when asked whether a program may run in the background
        self.asked = []         # the options of each question about the background
        self.monitors = []      # (who, path) of those that want to know of the screen
        self.is_locked = False
        self.tells_late = False # of the screen, a moment after it was asked
        self.is_there = True    # what asks a person about the background
        self.status = None      # what a program does in the background
        self.clock = '24h'
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        for interface in INTERFACES:
            self.bus.register_object(PATH, interface, self._call, self._get, None)
        Gio.bus_own_name_on_connection(self.bus, NAME, Gio.BusNameOwnerFlags.REPLACE, None, None)

    @staticmethod
    def _get(*_arguments):
        return GLib.Variant('u', 3)

    @staticmethod
    def _path(kind, sender, token):
        return f'{PATH}/{kind}/{sender[1:].replace(".", "_")}/{token}'

    def _call(self, _bus, sender, _path, _interface, method, parameters, invocation):
        arguments = parameters.unpack()
        if method == 'Lookup':
            invocation.return_value(GLib.Variant('(as)', (['direct://'],)))
            return
        if method == 'ReadOne':
            self._read(arguments, invocation)
            return
        if method == 'SetStatus':
            self.status = arguments[0]['message']
            invocation.return_value(None)
            return
        if method == 'RequestBackground' and not self.is_there:
            invocation.return_dbus_error('org.freedesktop.DBus.Error.UnknownMethod', 'No such interface')
            return
        options = arguments[1]
        request = self._path('request', sender, options['handle_token'])
        invocation.return_value(GLib.Variant('(o)', (request,)))
        if method == 'RequestBackground':
            self.asked.append(options)
            self._respond(sender, request, background=self.allows, autostart=self.allows and options['autostart'])
        else:
            session = self._path('session', sender, options['session_handle_token'])
            self.monitors.append((sender, session))
            self._respond(sender, request)
            if self.tells_late:
                GLib.timeout_add(LATE, self._tell, sender, session)
            else:
                self._tell(sender, session)

    def _read(self, setting, invocation):
        if setting == CLOCK:
            invocation.return_value(GLib.Variant('(v)', (GLib.Variant('s', self.clock),)))
        else:
            invocation.return_dbus_error('org.freedesktop.portal.Error.NotFound', 'Requested setting not found')

    def _respond(self, sender, request, **results):
        self.bus.emit_signal(sender, request, 'org.freedesktop.portal.Request', 'Response', GLib.Variant(
            '(ua{sv})', (0, {name: GLib.Variant('b', value) for name, value in results.items()})))

    def _tell(self, sender, session):
        self.bus.emit_signal(sender, PATH, INHIBIT, 'StateChanged', GLib.Variant('(oa{sv})', (session, {
            'screensaver-active': GLib.Variant('b', self.is_locked), 'session-state': GLib.Variant('u', 1)})))

    def lock(self, is_locked):
        """Somebody locks the screen, or comes back."""
        self.is_locked = is_locked
        for sender, session in self.monitors:
            self._tell(sender, session)

    def set_clock(self, clock):
        """Somebody sets the clock of the desktop, to 12h or 24h."""
        self.clock = clock
        self.bus.emit_signal(None, PATH, SETTINGS, 'SettingChanged', GLib.Variant('(ssv)', (*CLOCK, GLib.Variant('s', clock))))
