# Finds and presses what a person sees in a program's windows, through the accessibility interface.
# Used by claws.py and evolution.py.
import sys
import time

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib


def below(part):
    if part is None:
        return
    yield part
    for n in range(min(part.get_child_count(), 80)):
        yield from below(part.get_child_at_index(n))


def parts():
    desktop = Atspi.get_desktop(0)
    for n in range(desktop.get_child_count()):
        yield from below(desktop.get_child_at_index(n))


def first(role, fits):
    return next((part for part in parts() if part.get_role_name() == role and fits(part.get_name() or '')), None)


def press(fits):
    def pressed():
        button = first('push button', fits)
        return button and button.get_action_iface().do_action(0)

    eventually('the button is pressed', pressed)


def read(probe):
    """What the probe finds; nothing where a part of the window went away while it was read."""
    try:
        return probe()
    except GLib.Error:
        return None


def eventually(what, probe):
    until = time.time() + 120
    while time.time() < until:
        found = read(probe)
        if found:
            return found
        time.sleep(0.3)
    labels = read(lambda: [part.get_name() for part in parts() if part.get_role_name() == 'label' and part.get_name()])
    sys.exit('never: ' + what + '; it shows: ' + ' | '.join(labels or []))
