# Compute Engine runs the script once a boot, and what it fetches may not come: it is run again until it has ended well, one run at a time.
RUN_AGAIN="${ROOT:-}/etc/systemd/system/start-up-again"
mkdir -p "$(dirname "$RUN_AGAIN")" "${ROOT:-}/run"
exec 8> "${ROOT:-}/run/start-up.lock"
flock 8
cat > "$RUN_AGAIN.service" << 'END'
[Unit]
Description=The start-up script once more, since it hasn't ended well

[Service]
Type=oneshot
ExecStart=/usr/bin/google_metadata_script_runner startup
END
cat > "$RUN_AGAIN.timer" << 'END'
[Timer]
OnActiveSec=5min
OnUnitInactiveSec=5min
END
systemctl daemon-reload
# Now, in case that this run is killed; it holds back the next one by the lock.
systemctl restart start-up-again.timer
start_up_ended() {
  local code=$?
  if ((code == 0)); then
    systemctl stop start-up-again.timer
  else
    echo "start-up: ended with $code, and is run again in 5 minutes" >&2
    systemctl restart start-up-again.timer
  fi
}
trap start_up_ended EXIT
