# shellcheck shell=bash
# systemd's units: written, and started; started again only when what they are made of has changed.

start_units() {
  local unit
  for unit in $(wanted_units); do fill_in "$HOME_DIR/units/$unit" "$UNIT_DIR/$unit"; done
  machine_reload
  start_unit trips-kafka.service "$HOME_DIR"/{software,configuration/server.properties} "$RUN_DIR"/tls/{ca,machine}.pem
  start_unit trips-kafka-watch.service "$HOME_DIR"/{software,configuration/broker-client.properties} "$RUN_DIR/tls/machine.pem"
  if ((NODE_ID == 1)); then
    start_unit trips-kafka-apply.service "$HOME_DIR"/{software,topics.json} "$RUN_DIR"/passwords/*
    start_unit trips-registry.service "$HOME_DIR/software"
    start_unit trips-connect.service "$HOME_DIR/software" "$RUN_DIR/clients/connect-worker.properties"
  fi
  [[ -n ${STREAMING_MACHINE:-} ]] || machine_start trips-streaming-update.timer no
}

start_application() {
  start_unit trips-streams.service "$HOME_DIR/application" "$RUN_DIR/clients/streams.properties"
}

wanted_units() {
  echo trips-kafka.service trips-kafka-watch.service trips-streaming-update.service trips-streaming-update.timer
  if ((NODE_ID == 1)); then echo trips-kafka-apply.service trips-registry.service trips-connect.service trips-streams.service; fi
}

# $1 the unit, then the files by whose content it has to be started again.
start_unit() {
  local unit=$1 marker=$RUN_DIR/started/$1 print changed=yes
  shift
  print=$(cat "$UNIT_DIR/$unit" "$@" | sha256sum)
  [[ $(cat "$marker" 2>/dev/null) == "$print" ]] && changed=no
  machine_start "$unit" "$changed"
  echo "$print" >"$marker"
}
