# Presses what a person would press in Claws Mail's view of an invitation.
# Argument: show | accept | tentative | decline. Prints what the window says.
import os
import sys

from window import below, eventually, first, press

choices = {'accept': 'Accept', 'tentative': 'Tentatively accept', 'decline': 'Decline'}
sent = os.path.join(os.environ['HOME'], 'Mail', 'sent')

shown = eventually('a meeting is shown', lambda: first('label', lambda name: 'meeting' in name and 'follow' in name))
print(shown.get_name())
if sys.argv[1] != 'show':
    before = len(os.listdir(sent))
    box = eventually('the choices', lambda: first('combo box', lambda name: name in choices.values()))
    names = [part.get_name() for part in below(box) if part.get_role_name() == 'menu item']
    box.get_selection_iface().select_child(names.index(choices[sys.argv[1]]))
    eventually('the choice is made', lambda: box.get_name() == choices[sys.argv[1]])
    press(first('push button', lambda name: name == 'Answer'))
    eventually('the answer is sent', lambda: len(os.listdir(sent)) > before)
