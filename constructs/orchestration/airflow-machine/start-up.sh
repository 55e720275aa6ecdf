# Airflow on one machine: Postgres on the data disk, scheduler, DAG processor and API server from one Python environment, what its tasks start from
# another. Run as root at every start of the machine, and whenever a lock changes; a second run finds everything done.
#
# What differs between machines stands in the machine's metadata: airflow-bucket, airflow-environment (NAME='value' lines) and airflow-sync (sync.py).

# A test has a root, an owner and a metadata server of its own.
ROOT="${ROOT:-}"
OWNER="${OWNER:-airflow}"
METADATA="${METADATA:-http://metadata.google.internal/computeMetadata/v1}"
POSTGRES_BIN="${POSTGRES_BIN:-/usr/lib/postgresql/15/bin}"
PORT="${PORT:-8080}"

DATA="${DATA_MOUNT:-$ROOT/data}"
OPT="$ROOT/opt/airflow"
GCS="$ROOT/home/airflow/gcs"
ETC="$ROOT/etc/airflow"
SOCKETS="$ROOT/run/airflow"
UNITS="$ROOT/etc/systemd/system"
SERVICES=(airflow@api-server airflow@scheduler airflow@dag-processor)
# Set by what it changes; services are started anew then.
CHANGED=""

attribute() { curl -fsS --retry 5 -H 'Metadata-Flavor: Google' "$METADATA/instance/attributes/$1"; }

# Before anything is written of them: within a text that is being written, nobody would see that one didn't come.
read_attributes() {
  BUCKET="$(attribute airflow-bucket)"
  ENVIRONMENT="$(attribute airflow-environment)"
  SYNC="$(attribute airflow-sync)"
}

as_owner() {
  if [[ $EUID -eq 0 ]]; then setpriv --reuid="$OWNER" --regid="$(id -g "$OWNER")" --clear-groups -- "$@"; else "$@"; fi
}

# Replaces a file by what stands on standard input, if that is something else.
write() {
  local file=$1 mode=$2 new
  new="$(mktemp)"
  cat > "$new"
  if cmp -s "$new" "$file"; then rm "$new"; return; fi
  install -D -m "$mode" "$new" "$file"
  rm "$new"
  CHANGED=1
  echo "airflow: $file is new"
}

install_packages() {
  if [[ -x "$POSTGRES_BIN/initdb" ]] && python3 -c 'import ensurepip' 2> /dev/null; then return; fi
  # Debian would make and start a database of its own; ours lies on the data disk.
  mkdir -p /etc/postgresql-common
  echo 'create_main_cluster = false' > /etc/postgresql-common/createcluster.conf
  apt-get -q -o DPkg::Lock::Timeout=300 update
  DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300 install postgresql-15 python3-venv
}

make_folders() {
  if [[ $EUID -eq 0 ]] && ! id "$OWNER" > /dev/null 2>&1; then useradd --system --home-dir /home/airflow --shell /usr/sbin/nologin "$OWNER"; fi
  mkdir -p "$OPT" "$ETC" "$UNITS" "$DATA"
  local owned=()
  [[ $EUID -eq 0 ]] && owned=(-o "$OWNER")
  install -d -m 755 "${owned[@]}" "$ROOT/home/airflow" "$GCS" "$SOCKETS"
  install -d -m 700 "${owned[@]}" "$DATA/airflow" "$DATA/postgres"
  # The disk outlives the machine, and another image may number the user otherwise; Postgres refuses a stranger's folder.
  if [[ $EUID -eq 0 ]]; then find "$DATA/airflow" "$DATA/postgres" -ignore_readdir_race ! -user "$OWNER" -exec chown -h "$OWNER:" {} +; fi
}

sync_bucket() {
  write "$OPT/sync.py" 644 <<< "$SYNC"
  as_owner python3 "$OPT/sync.py" "$BUCKET" "$GCS"
}

# An environment of exactly what a lock names. Stopped first, since it is changed in place.
environment() {
  local home="$OPT/$1" lock="$GCS/data/environments/$2.lock" digest
  digest="$(sha256sum < "$lock")"
  if [[ "$(cat "$home/made-from" 2> /dev/null)" == "$digest" ]]; then return; fi
  echo "airflow: $home is made from $2.lock"
  systemctl stop "${SERVICES[@]}" 2> /dev/null || true
  if [[ ! -x "$OPT/uv/bin/uv" ]]; then
    python3 -m venv "$OPT/uv"
    "$OPT/uv/bin/pip" install -q --require-hashes -r "$GCS/data/environments/uv.lock"
  fi
  [[ -x "$home/bin/python" ]] || "$OPT/uv/bin/uv" venv -q --python "$(command -v python3.11)" "$home"
  # Services can't write bytecode here, and without it each start takes seconds more.
  "$OPT/uv/bin/uv" pip sync -q --require-hashes --compile-bytecode --python "$home/bin/python" "$lock"
  echo "$digest" > "$home/made-from"
  CHANGED=1
}

# What the processes must agree on and nobody else may know; it stays on the data disk.
make_secrets() {
  local file="$DATA/airflow-secrets"
  if [[ -s "$file" ]]; then return; fi
  (
    umask 077
    for name in CORE__FERNET_KEY API__SECRET_KEY API_AUTH__JWT_SECRET; do
      echo "AIRFLOW__$name=$(python3 -c 'import base64, os; print(base64.urlsafe_b64encode(os.urandom(32)).decode())')"
    done > "$file.new"
  )
  mv "$file.new" "$file"
}

write_environment() {
  write "$ETC/environment" 644 << END
$ENVIRONMENT
AIRFLOW_HOME='$DATA/airflow'
AIRFLOW__API__PORT='$PORT'
AIRFLOW__CORE__DAGS_FOLDER='$GCS/dags'
AIRFLOW__CORE__EXECUTION_API_SERVER_URL='http://127.0.0.1:$PORT/execution/'
AIRFLOW__CORE__EXECUTOR='LocalExecutor'
AIRFLOW__CORE__LOAD_EXAMPLES='False'
AIRFLOW__CORE__PLUGINS_FOLDER='$GCS/plugins'
AIRFLOW__DATABASE__SQL_ALCHEMY_CONN='postgresql+psycopg2://$OWNER@/airflow?host=$SOCKETS'
AIRFLOW__DATABASE__SQL_ALCHEMY_CONN_ASYNC='postgresql+asyncpg://$OWNER@/airflow?host=$SOCKETS'
PIPELINE_DATA_PYTHON='$OPT/data/bin/python'
END
}

write_units() {
  write "$UNITS/airflow-postgres.service" 644 << END
[Unit]
Description=Airflow's database

[Service]
User=$OWNER
Type=notify
# Nothing but its own user, by its socket, without a password.
ExecStart=$POSTGRES_BIN/postgres -D $DATA/postgres -k $SOCKETS -c listen_addresses=
KillSignal=SIGINT
Restart=on-failure
RuntimeDirectory=airflow
RuntimeDirectoryPreserve=yes
END
  write "$UNITS/airflow@.service" 644 << END
[Unit]
Description=Airflow's %i
Requires=airflow-postgres.service
After=airflow-postgres.service

[Service]
User=$OWNER
EnvironmentFile=$ETC/environment
EnvironmentFile=$DATA/airflow-secrets
ExecStart=$OPT/orchestration/bin/airflow %i
Restart=always
RestartSec=10
# The scheduler's tasks get time to end.
KillMode=mixed
TimeoutStopSec=120
END
  write "$UNITS/airflow-sync.service" 644 << END
[Unit]
Description=Airflow's bucket: DAGs come, what runs leave behind goes

[Service]
User=$OWNER
Type=oneshot
ExecStart=/usr/bin/python3 $OPT/sync.py $BUCKET $GCS
END
  write "$UNITS/airflow-sync.timer" 644 << END
[Timer]
OnActiveSec=60
OnUnitInactiveSec=60
END
  write "$UNITS/airflow-locks.path" 644 << END
[Path]
PathChanged=$GCS/data/environments
END
  write "$UNITS/airflow-locks.service" 644 << END
[Unit]
Description=Airflow's environments, once their locks have changed

[Service]
Type=oneshot
ExecStart=/usr/bin/google_metadata_script_runner startup
END
}

# First of all, and without what the rest needs: a machine that isn't installed yet is ill, too, and says so after a quarter of an hour.
watch_health() {
  write_health
  write "$UNITS/airflow-health.service" 644 << END
[Unit]
Description=One line for alerts: Airflow is healthy, or which part of it is ill

[Service]
User=$OWNER
Type=oneshot
ExecStart=/bin/bash $OPT/health.sh http://127.0.0.1:$PORT/api/v2/monitor/health
END
  write "$UNITS/airflow-health.timer" 644 << END
[Timer]
OnActiveSec=900
OnUnitInactiveSec=300
END
  systemctl daemon-reload
  systemctl start airflow-health.timer
}

write_health() {
  write "$OPT/health.sh" 644 << 'END'
answer="$(curl -fsS --max-time 20 "$1" || true)"
event=airflow_healthy
for part in metadatabase scheduler dag_processor; do
  grep -q "\"$part\":{\"status\":\"healthy\"" <<< "$answer" || event=airflow_unhealthy
done
printf '{"event": "%s", "health": %s}\n' "$event" "${answer:-null}"
END
}

agent_is_installed() {
  [[ "$(dpkg-query --show --showformat='${db:Status-Status}' google-cloud-ops-agent 2> /dev/null || true)" == installed ]]
}

# Logs, and how full memory and disks are. Airflow works without it, so a failure is only told.
install_agent() {
  # What is new here is nothing to Airflow's services.
  local CHANGED=""
  # The agent's installer calls apt as it likes: it has to wait for Debian's own updates, and to ask nobody about the file that is written below.
  write "$ROOT/etc/apt/apt.conf.d/80airflow" 644 << 'END'
DPkg::Lock::Timeout "300";
DPkg::Options:: "--force-confold";
END
  if [[ -z "$ROOT" ]] && ! agent_is_installed; then
    if ! (cd "$(mktemp -d)" && curl -fsSO https://dl.google.com/cloudagents/add-google-cloud-ops-agent-repo.sh && bash add-google-cloud-ops-agent-repo.sh --also-install); then
      echo 'airflow: the Ops Agent could not be installed; the next start tries again' >&2
    fi
  fi
  # Task logs are in the bucket, too.
  write "$ROOT/etc/tmpfiles.d/airflow.conf" 644 <<< "d $DATA/airflow/logs - - - 7d"
  CHANGED=""
  write "$ROOT/etc/google-cloud-ops-agent/config.yaml" 644 << END
logging:
  receivers:
    airflow-tasks:
      type: files
      include_paths: [$DATA/airflow/logs/*/*/*/*.log, $DATA/airflow/logs/*/*/*/*/*.log]
    airflow-units:
      type: systemd_journald
  processors:
    json:
      type: parse_json
  service:
    pipelines:
      tasks: {receivers: [airflow-tasks], processors: [json]}
      units: {receivers: [airflow-units]}
END
  if [[ -n "$CHANGED" ]] && agent_is_installed; then systemctl restart google-cloud-ops-agent; fi
}

airflow() {
  (
    set -a
    # shellcheck disable=SC1090,SC1091 # Written above.
    . "$ETC/environment"
    # shellcheck disable=SC1090,SC1091
    . "$DATA/airflow-secrets"
    as_owner "$OPT/orchestration/bin/airflow" "$@"
  )
}

prepare_database() {
  if [[ ! -s "$DATA/postgres/PG_VERSION" ]]; then
    as_owner "$POSTGRES_BIN/initdb" -D "$DATA/postgres" -U "$OWNER" --auth-local=peer --auth-host=reject -E UTF8 --locale=C.UTF-8 > /dev/null
  fi
  systemctl daemon-reload
  systemctl start airflow-postgres
  local psql=(as_owner "$POSTGRES_BIN/psql" -h "$SOCKETS" -U "$OWNER" -d postgres -qtA -v ON_ERROR_STOP=1)
  if [[ -z "$("${psql[@]}" -c "select 1 from pg_database where datname = 'airflow'")" ]]; then "${psql[@]}" -c 'create database airflow'; fi
  if cmp -s "$OPT/orchestration/made-from" "$DATA/migrated-for"; then return; fi
  airflow db migrate
  cp "$OPT/orchestration/made-from" "$DATA/migrated-for"
}

start_services() {
  systemctl daemon-reload
  if [[ -n "$CHANGED" ]]; then systemctl restart "${SERVICES[@]}"; else systemctl start "${SERVICES[@]}"; fi
  systemctl start airflow-sync.timer airflow-locks.path
}

read_attributes
make_folders
watch_health
install_agent
install_packages
sync_bucket
environment orchestration composer
environment data data
make_secrets
write_environment
write_units
prepare_database
start_services
