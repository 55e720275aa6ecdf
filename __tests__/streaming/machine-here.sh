# shellcheck shell=bash
# In place of boot/machine.sh: no packages, no account and no systemd, whose units the tests start themselves.

# install.sh reads them.
# shellcheck disable=SC2034
GROUP=$(id -gn)
# shellcheck disable=SC2034
JAVA=$STREAMING_JAVA

machine_packages() { mkdir -p "$DATA_DIR" "$UNIT_DIR"; }
machine_account() { :; }
machine_owns() { :; }
machine_start() { echo "$1 $2" >>"$STREAMING_STARTED"; }
machine_reload() { :; }
