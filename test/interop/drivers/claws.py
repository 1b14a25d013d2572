# Presses what a person would press in Claws Mail's view of an invitation, through the accessibility interface.
# Argument: show | accept | tentative | decline. Prints what the window says.
import os
import sys
import time

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi

choices = {'accept': 'Accept', 'tentative': 'Tentatively accept', 'decline': 'Decline'}
sent = os.path.join(os.environ['HOME'], 'Mail', 'sent')


def below(part):
    if part is None:
        return
    yield part
    for n in range(min(part.get_child_count(), 80)):
        yield from below(part.get_child_at_index(n))


def first(role, fits):
    desktop = Atspi.get_desktop(0)
    for n in range(desktop.get_child_count()):
        for part in below(desktop.get_child_at_index(n)):
            if part.get_role_name() == role and fits(part.get_name() or ''):
                return part
    return None


def visible():
    desktop = Atspi.get_desktop(0)
    for n in range(desktop.get_child_count()):
        for part in below(desktop.get_child_at_index(n)):
            if part.get_role_name() == 'label' and part.get_name():
                yield part.get_name()


def eventually(what, probe):
    until = time.time() + 120
    while time.time() < until:
        found = probe()
        if found:
            return found
        time.sleep(0.3)
    sys.exit('never: ' + what + '; it shows: ' + ' | '.join(visible()))


shown = eventually('a meeting is shown', lambda: first('label', lambda name: 'meeting' in name and 'follow' in name))
print(shown.get_name())
if sys.argv[1] != 'show':
    before = len(os.listdir(sent))
    box = eventually('the choices', lambda: first('combo box', lambda name: name in choices.values()))
    names = [part.get_name() for part in below(box) if part.get_role_name() == 'menu item']
    box.get_selection_iface().select_child(names.index(choices[sys.argv[1]]))
    eventually('the choice is made', lambda: box.get_name() == choices[sys.argv[1]])
    first('push button', lambda name: name == 'Answer').get_action_iface().do_action(0)
    eventually('the answer is sent', lambda: len(os.listdir(sent)) > before)
