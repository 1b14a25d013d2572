# Evolution in a window that nobody sees: opens the one letter of the inbox ($1: its file) and does $2 there
# (show | accept | tentative | decline | update). `start`: only makes the folders of its local mail. Needs HOME and DISPLAY.
mkdir -p /run/evolution
chmod 700 /run/evolution
# The web view's own sandbox needs namespaces and /sys, which are not in this root.
export XDG_RUNTIME_DIR=/run/evolution NO_AT_BRIDGE=0 GTK_MODULES= GIO_USE_VFS=local \
  WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS=1 WEBKIT_DISABLE_COMPOSITING_MODE=1 LIBGL_ALWAYS_SOFTWARE=1
mail=$HOME/.local/share/evolution/mail
if [ "$1" != start ]; then
  # Each letter comes alone, so that it is the one that is shown.
  # After an end that it did not choose, it would hide the letter.
  rm -rf "$mail" "$HOME/.cache/evolution" "$HOME/.config/evolution/.running"
  cp -a "$HOME/empty" "$mail"
  cp "$1" "$mail/local/new/1800000000.1_1.localhost"
fi
exec dbus-run-session -- bash -c "
  /usr/libexec/at-spi-bus-launcher --launch-immediately >/dev/null 2>&1 & bus=\$!
  gsettings set org.gnome.evolution.mail prompt-check-if-default-mailer false
  evolution -c mail >$HOME/log 2>&1 & window=\$!
  if [ $1 = start ]; then
    for n in \$(seq 300); do [ -d $mail/local/.Sent/cur ] && break; sleep 0.2; done; code=\$((n == 300))
  else
    /usr/bin/python3 -W ignore $HOME/evolution.py $2; code=\$?
    [ \$code = 0 ] || tail -n 5 $HOME/log >&2
  fi
  # After an answer it does not always quit; all that counts is written by then.
  timeout 3 evolution --quit >/dev/null 2>&1
  kill -9 \$window 2>/dev/null
  wait \$window 2>/dev/null
  [ $1 = start ] && cp -a $mail $HOME/empty
  kill \$bus
  exit \$code"
