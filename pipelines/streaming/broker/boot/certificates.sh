# shellcheck shell=bash
# The machine's certificate, signed by the cluster's own authority; made again when it is about to expire, or the machine or authority changes.

readonly TEN_YEARS=3650 YEAR=398 THIRTY_DAYS_IN_SECONDS=2592000

new_authority() {
  local work
  work=$(mktemp -d "$RUN_DIR/tls/authority.XXXXXX")
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -days "$TEN_YEARS" -subj "/CN=trips-kafka authority" \
    -addext "basicConstraints=critical,CA:true,pathlen:0" -addext "keyUsage=critical,keyCertSign" \
    -keyout "$work/key" -out "$work/certificate" 2>/dev/null
  cat "$work/key" "$work/certificate"
  rm -r "$work"
}

make_certificate() {
  certificate_is_good && return
  say "making the certificate of $HOST"
  local work
  work=$(mktemp -d "$RUN_DIR/tls/machine.XXXXXX")
  openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -subj "/CN=broker" -keyout "$work/key" -out "$work/request" 2>/dev/null
  printf 'subjectAltName=DNS:%s,DNS:localhost\nextendedKeyUsage=serverAuth,clientAuth\n' "$HOST" >"$work/extensions"
  openssl x509 -req -in "$work/request" -CA "$RUN_DIR/tls/authority.pem" -CAkey "$RUN_DIR/tls/authority.pem" -days "$YEAR" \
    -extfile "$work/extensions" -out "$work/certificate" 2>/dev/null
  cat "$work/key" "$work/certificate" >"$RUN_DIR/tls/machine.pem.new"
  rm -r "$work"
  replace "$RUN_DIR/tls/machine.pem"
}

certificate_is_good() {
  local machine=$RUN_DIR/tls/machine.pem
  [[ -f $machine ]] || return 1
  openssl x509 -in "$machine" -noout -checkend "$THIRTY_DAYS_IN_SECONDS" >/dev/null || return 1
  openssl x509 -in "$machine" -noout -checkhost "$HOST" | grep --quiet "does match" || return 1
  openssl verify -CAfile "$RUN_DIR/tls/ca.pem" "$machine" >/dev/null 2>&1
}
