# SPDX-License-Identifier: GPL-3.0-or-later
"""A keyring that says no.

secret_service.py dismiss|error

With dismiss it is locked, and the person closes each question of it; with error it is open, and takes nothing.
"""
import sys

import gi
gi.require_version('Gio', '2.0')
from gi.repository import Gio, GLib

NAME = 'org.freedesktop.secrets'
SERVICE = '/org/freedesktop/secrets'
COLLECTION = f'{SERVICE}/collection/login'
PROMPT = f'{SERVICE}/prompt/1'
REFUSED = 'org.freedesktop.Secret.Error.IsLocked'

XML = '''<node>
 <interface name="org.freedesktop.Secret.Service">
  <method name="OpenSession"><arg type="s"/><arg type="v"/><arg type="v" direction="out"/><arg type="o" direction="out"/></method>
  <method name="CreateCollection"><arg type="a{sv}"/><arg type="s"/><arg type="o" direction="out"/><arg type="o" direction="out"/></method>
  <method name="SearchItems"><arg type="a{ss}"/><arg type="ao" direction="out"/><arg type="ao" direction="out"/></method>
  <method name="Unlock"><arg type="ao"/><arg type="ao" direction="out"/><arg type="o" direction="out"/></method>
  <method name="Lock"><arg type="ao"/><arg type="ao" direction="out"/><arg type="o" direction="out"/></method>
  <method name="GetSecrets"><arg type="ao"/><arg type="o"/><arg type="a{o(oayays)}" direction="out"/></method>
  <method name="ReadAlias"><arg type="s"/><arg type="o" direction="out"/></method>
  <method name="SetAlias"><arg type="s"/><arg type="o"/></method>
  <property name="Collections" type="ao" access="read"/>
 </interface>
 <interface name="org.freedesktop.Secret.Collection">
  <method name="Delete"><arg type="o" direction="out"/></method>
  <method name="SearchItems"><arg type="a{ss}"/><arg type="ao" direction="out"/></method>
  <method name="CreateItem"><arg type="a{sv}"/><arg type="(oayays)"/><arg type="b"/><arg type="o" direction="out"/><arg type="o" direction="out"/></method>
  <property name="Items" type="ao" access="read"/>
  <property name="Label" type="s" access="readwrite"/>
  <property name="Locked" type="b" access="read"/>
  <property name="Created" type="t" access="read"/>
  <property name="Modified" type="t" access="read"/>
 </interface>
 <interface name="org.freedesktop.Secret.Prompt">
  <method name="Prompt"><arg type="s"/></method>
  <method name="Dismiss"/>
  <signal name="Completed"><arg type="b"/><arg type="v"/></signal>
 </interface>
</node>'''

PROPERTIES = {
    'Collections': GLib.Variant('ao', (COLLECTION,)),
    'Items': GLib.Variant('ao', ()),
    'Label': GLib.Variant('s', 'Login'),
    'Created': GLib.Variant('t', 0),
    'Modified': GLib.Variant('t', 0),
}


class Refusing:
    def __init__(self, how):
        self.asks = how == 'dismiss'
        self.answers = {
            'ReadAlias': lambda: GLib.Variant('(o)', (COLLECTION,)),
            'SearchItems': self.search,
            'GetSecrets': lambda: GLib.Variant('(a{o(oayays)})', ({},)),
            'Prompt': self.dismissed,
            'Unlock': lambda: self.refuse('(aoo)', ((), PROMPT)),
            'CreateItem': lambda: self.refuse('(oo)', ('/', PROMPT)),
            'CreateCollection': lambda: self.refuse('(oo)', ('/', PROMPT)),
        }
        PROPERTIES['Locked'] = GLib.Variant('b', self.asks)
        self.interface = None
        self.bus = None

    def refuse(self, kind, answer):
        return GLib.Variant(kind, answer) if self.asks else None

    def search(self):
        if self.interface == 'org.freedesktop.Secret.Collection':
            return GLib.Variant('(ao)', ((),))
        return GLib.Variant('(aoao)', ((), ()))

    def dismissed(self):
        done = GLib.Variant('(bv)', (True, GLib.Variant('ao', ())))
        GLib.idle_add(lambda: self.bus.emit_signal(None, PROMPT, 'org.freedesktop.Secret.Prompt', 'Completed', done)
                      and GLib.SOURCE_REMOVE)
        return GLib.Variant('()', ())

    def called(self, _bus, _sender, _path, interface, method, arguments, invocation):
        self.interface = interface
        if method == 'OpenSession':
            if arguments.unpack()[0] != 'plain':
                invocation.return_dbus_error('org.freedesktop.DBus.Error.NotSupported', 'Plain sessions alone')
                return
            invocation.return_value(GLib.Variant('(vo)', (GLib.Variant('s', ''), f'{SERVICE}/session/1')))
            return
        answer = self.answers.get(method, lambda: None)()
        if answer is None:
            invocation.return_dbus_error(REFUSED, 'This keyring refuses')
        else:
            invocation.return_value(answer)

    def run(self):
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        node = Gio.DBusNodeInfo.new_for_xml(XML)
        for path, interface in ((SERVICE, 'Service'), (COLLECTION, 'Collection'), (PROMPT, 'Prompt')):
            self.bus.register_object(path, node.lookup_interface(f'org.freedesktop.Secret.{interface}'), self.called,
                                     lambda _bus, _sender, _path, _interface, name: PROPERTIES[name], None)
        Gio.bus_own_name_on_connection(self.bus, NAME, Gio.BusNameOwnerFlags.NONE, None, None)
        GLib.MainLoop().run()


if __name__ == '__main__':
    Refusing(sys.argv[1]).run()
