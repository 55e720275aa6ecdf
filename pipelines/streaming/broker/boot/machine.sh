# shellcheck shell=bash
# What only a machine in the cloud has: packages, an account, systemd.

GROUP=trips-streaming
JAVA=/usr/bin/java

machine_packages() {
  local missing=()
  [[ -x $JAVA ]] || missing+=(openjdk-17-jre-headless)
  command -v openssl >/dev/null || missing+=(openssl)
  command -v python3 >/dev/null || missing+=(python3-minimal)
  ((${#missing[@]} == 0)) && return
  export DEBIAN_FRONTEND=noninteractive
  # Debian's own updates may be at work.
  apt-get update --quiet -o DPkg::Lock::Timeout=300
  apt-get install --quiet -o DPkg::Lock::Timeout=300 --yes --no-install-recommends "${missing[@]}"
}

machine_account() {
  id "$GROUP" >/dev/null 2>&1 || useradd --system --user-group --home-dir "$HOME_DIR" --shell /usr/sbin/nologin "$GROUP"
  # Without it Kafka would fill the boot disk, and its log would go with the machine.
  mountpoint --quiet "$DATA_DIR" || die "no disk is mounted at $DATA_DIR."
}

machine_owns() { chown -R "$GROUP:$GROUP" "$@"; }

# $1 a unit; $2 whether what it is made of has changed since it was started.
machine_start() {
  local unit=$1 changed=$2
  systemctl enable --quiet "$unit"
  if [[ $changed == yes ]]; then systemctl restart --no-block "$unit"; else systemctl start --no-block "$unit"; fi
}

machine_reload() { systemctl daemon-reload; }
