# shellcheck shell=bash
# Kafka's, Connect's and the clients' properties, and the folder that Kafka keeps its log in.

write_configuration() {
  install -d -m 0755 "$HOME_DIR/configuration" "$HOME_DIR/plugins"
  fill_in "$HOME_DIR/templates/server.properties" "$HOME_DIR/configuration/server.properties"
  fill_in "$HOME_DIR/templates/broker-client.properties" "$HOME_DIR/configuration/broker-client.properties"
  local user
  for user in $USERS; do client_properties "$user"; done
  # Connect wants the same three times: for itself, for what its sources write and for what its sinks read.
  {
    fill_in_to_output "$HOME_DIR/templates/connect.properties"
    local prefix
    for prefix in "" producer. consumer.; do sed "/^bootstrap\.servers/d; /^$/d; s/^/$prefix/" "$RUN_DIR/clients/connect.properties"; done
  } >"$RUN_DIR/clients/connect-worker.properties.new"
  replace "$RUN_DIR/clients/connect-worker.properties"
}

# What a user's client needs, password and all. `printf` is part of the shell: no other program is given the password.
client_properties() {
  local file=$RUN_DIR/clients/$1.properties password
  password=$(<"$RUN_DIR/passwords/$1")
  {
    fill_in_to_output "$HOME_DIR/templates/client.properties"
    printf 'sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="%s" password="%s";\n' "$1" "$password"
  } >"$file.new"
  replace "$file"
}

# Puts settings in the place of @NAMES@.
fill_in_to_output() {
  local name script=""
  for name in NODE_ID BROKERS HOST VOTERS RACK REPLICATION IN_SYNC BOOTSTRAP HOME_DIR DATA_DIR RUN_DIR JAVA GROUP PROJECT \
    HEAP_MEBIBYTES PORT_CLIENT PORT_INTERNAL PORT_CONTROLLER PORT_TUNNEL PORT_REGISTRY PORT_CONNECT LISTEN; do
    script+="s|@$name@|${!name}|g;"
  done
  sed "$script" "$1"
}

fill_in() {
  fill_in_to_output "$1" >"$2.new"
  if cmp --silent "$2.new" "$2"; then rm "$2.new"; else mv "$2.new" "$2"; fi
  chmod 0644 "$2"
}

# Once: a folder that was formatted is left alone, and one of another cluster is refused.
format_storage() {
  local folder=$DATA_DIR/kafka formatted
  install -d -m 0750 "$DATA_DIR/registry" "$folder"
  if [[ -f $folder/meta.properties ]]; then
    formatted=$(sed -n 's/^cluster\.id=//p' "$folder/meta.properties")
    [[ $formatted == "$CLUSTER_ID" ]] || die "$folder holds cluster $formatted, not $CLUSTER_ID. Its id changes with the number of brokers: go \
back to that number, or take the disk's snapshot, copy what is needed to a new cluster and delete the disk."
    grep --quiet --line-regexp "node.id=$NODE_ID" "$folder/meta.properties" || die "$folder is another broker's: attach each disk to its own machine."
  else
    say "formatting $folder for cluster $CLUSTER_ID"
    "$JAVA" -Xmx128m -Dorg.slf4j.simpleLogger.defaultLogLevel=error -cp "$HOME_DIR/libs/*" kafka.tools.StorageTool format --cluster-id="$CLUSTER_ID" \
      --config "$HOME_DIR/configuration/server.properties" >/dev/null
  fi
  machine_owns "$DATA_DIR/kafka" "$DATA_DIR/registry"
}
