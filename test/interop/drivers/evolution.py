# Presses what a person would press in Evolution's view of an invitation, whose buttons are in a web view.
# Argument: show | accept | tentative | decline | update. Prints the buttons that it shows.
import os
import sys

from window import Atspi, eventually, first, parts, press

mail = os.path.join(os.environ['HOME'], '.local/share/evolution/mail/local')
calendar = os.path.join(os.environ['HOME'], '.local/share/evolution/calendar/system/calendar.ics')
act = sys.argv[1]


def offered():
    button = first('push button', lambda name: name in ('Accept', 'Update'))
    return button if button and button.get_state_set().contains(Atspi.StateType.SENSITIVE) else None


def held():
    with open(calendar) as file:
        return file.read()


def sent():
    return sum(len(os.listdir(os.path.join(mail, '.Sent', part))) for part in ('cur', 'new'))


eventually('an invitation is shown', offered)
buttons = ('Accept', 'Tentative', 'Decline', 'Update')
print(', '.join(eventually('its buttons', lambda: [part.get_name() for part in parts()
                                                  if part.get_role_name() == 'push button' and part.get_name() in buttons])))
if act != 'show':
    before = (sent(), held() if os.path.exists(calendar) else '')
    press(lambda name: name.lower() == act)
    if act != 'update':
        eventually('the answer is sent', lambda: sent() > before[0])
    # A meeting that is declined before it was accepted is not in the calendar.
    if act != 'decline':
        eventually('the calendar is written', lambda: os.path.exists(calendar) and held() != before[1])
