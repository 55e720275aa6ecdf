# shellcheck shell=bash
# Passwords and the cluster's own certificate authority, from Secret Manager. The first machine makes what isn't there yet; the others wait for it.
# No secret is ever an argument of a program, where everybody on the machine could read it.

fetch_secrets() {
  local user
  for user in $USERS; do fetch_secret "kafka-$user" "$RUN_DIR/passwords/$user" new_password; done
  fetch_secret kafka-ca "$RUN_DIR/tls/authority.pem" new_authority
  chmod 0600 "$RUN_DIR/tls/authority.pem"
  openssl x509 -in "$RUN_DIR/tls/authority.pem" -out "$RUN_DIR/tls/ca.pem.new"
  replace "$RUN_DIR/tls/ca.pem"
  # For clients, which must not have its key.
  fetch_secret kafka-ca-certificate "$RUN_DIR/tls/published.pem" ca_certificate
  cmp --silent "$RUN_DIR/tls/ca.pem" "$RUN_DIR/tls/published.pem" && return
  ((NODE_ID == 1)) || return 0
  say "publishing the authority's certificate"
  ca_certificate | secret_manager add trips-kafka-ca-certificate
}

# $1 the secret; $2 the file that gets it; $3 what makes the first one, on its standard output.
fetch_secret() {
  local found=0
  secret_manager read "trips-$1" >"$2.new" || found=$?
  if ((found == 3 && NODE_ID == 1)); then
    found=0
    # The newest version isn't read back: Secret Manager may say for some minutes that there is none. Who asks again then keeps what it has made.
    if [[ -s $2 ]]; then
      rm "$2.new"
      return
    fi
    say "making the first version of secret trips-$1"
    "$3" >"$2.new"
    secret_manager add "trips-$1" <"$2.new" || found=$?
  elif ((found == 3)); then
    found=0
    secret_manager wait "trips-$1" >"$2.new" || found=$?
  fi
  ((found == 0)) || die "the secret trips-$1 can't be read: see above."
  replace "$2"
}

secret_manager() { python3 "$HOME_DIR/boot/secret_manager.py" "$@"; }
new_password() { openssl rand -base64 30 | tr -d '\n'; }
ca_certificate() { cat "$RUN_DIR/tls/ca.pem"; }

# Puts $1.new in the place of $1, unless it is the same.
replace() {
  if cmp --silent "$1.new" "$1"; then
    rm "$1.new"
  else
    chmod 0640 "$1.new"
    chgrp "$GROUP" "$1.new"
    mv "$1.new" "$1"
  fi
}
