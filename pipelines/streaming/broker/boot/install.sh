#!/usr/bin/env bash
# Makes of a Debian machine a broker of the cluster, and of the first machine the schema registry, Connect and the stream application besides.
# Run at every boot, and every quarter of an hour between: what is as it should be stays as it is, and nothing is restarted for it.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
HOME_DIR=$(dirname "$here")
DATA_DIR=${STREAMING_DATA:-/var/lib/trips-streaming}
# In memory, so that no password and no key is on a disk, or on a snapshot of one.
RUN_DIR=${STREAMING_RUN:-/run/trips-streaming}
UNIT_DIR=${STREAMING_UNITS:-/etc/systemd/system}

# shellcheck source=/dev/null
source "$HOME_DIR/settings"
export PROJECT
# What only a machine in the cloud has; tests put something else in its place.
# shellcheck source=machine.sh
source "${STREAMING_MACHINE:-$here/machine.sh}"
# shellcheck source=software.sh
source "$here/software.sh"
# shellcheck source=secrets.sh
source "$here/secrets.sh"
# shellcheck source=certificates.sh
source "$here/certificates.sh"
# shellcheck source=configuration.sh
source "$here/configuration.sh"
# shellcheck source=units.sh
source "$here/units.sh"

say() { echo "trips-streaming: $*"; }
die() {
  say "$*" >&2
  exit 1
}

exec 9>"$HOME_DIR/lock"
flock --nonblock 9 || die "another run of this script is at work."

umask 027
machine_packages
machine_account
install -d -m 0750 -g "$GROUP" "$RUN_DIR" "$RUN_DIR/passwords" "$RUN_DIR/clients" "$RUN_DIR/tls"
install -d -m 0700 "$RUN_DIR/started"
install_software
fetch_secrets
make_certificate
write_configuration
format_storage
start_units
if ((NODE_ID == 1)); then
  # Behind all else: brokers go on whatever becomes of it.
  if install_application; then start_application; else say "the stream application can't be installed; what runs of it goes on." >&2; fi
fi
say "broker $NODE_ID of $BROKERS is installed."
