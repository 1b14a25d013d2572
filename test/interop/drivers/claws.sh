# Claws Mail with its vCalendar plugin: opens letter number $1 of the inbox in a window that nobody sees, and does $2
# (show | accept | tentative | decline) there. Needs HOME and DISPLAY; one session a call, so that the folder is read anew.
mkdir -p /run/claws
chmod 700 /run/claws
export XDG_RUNTIME_DIR=/run/claws NO_AT_BRIDGE=0 GTK_MODULES=
exec dbus-run-session -- bash -c "
  /usr/libexec/at-spi-bus-launcher --launch-immediately >/dev/null 2>&1 & bus=\$!
  claws-mail --select '#mh/Mail/inbox/$1' >$HOME/log 2>&1 & claws=\$!
  /usr/bin/python3 -W ignore $HOME/claws.py $2; code=\$?
  kill \$claws \$bus
  # A window that is still closing would take the next call for itself. It does not always end when it is asked to.
  for n in \$(seq 50); do kill -0 \$claws 2>/dev/null || break; sleep 0.1; done
  kill -9 \$claws 2>/dev/null
  wait \$claws 2>/dev/null
  exit \$code"
