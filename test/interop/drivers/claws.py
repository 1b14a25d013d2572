# Presses what a person would press in Claws Mail's view of an invitation.
# Argument: show | accept | tentative | decline. Prints what the window says.
import os
import sys

from window import below, eventually, first, press

choices = {'accept': 'Accept', 'tentative': 'Tentatively accept', 'decline': 'Decline'}
sent = os.path.join(os.environ['HOME'], 'Mail', 'sent')


def shown():
    label = first('label', lambda name: 'meeting' in name and 'follow' in name)
    return label and label.get_name()


print(eventually('a meeting is shown', shown))
if sys.argv[1] != 'show':
    before = len(os.listdir(sent))
    choice = choices[sys.argv[1]]

    def choose():
        box = first('combo box', lambda name: name in choices.values())
        names = [part.get_name() for part in below(box) if part.get_role_name() == 'menu item']
        if choice in names:
            box.get_selection_iface().select_child(names.index(choice))
        return box and box.get_name() == choice

    eventually('the choice is made', choose)
    press(lambda name: name == 'Answer')
    eventually('the answer is sent', lambda: len(os.listdir(sent)) > before)
