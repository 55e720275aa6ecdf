import { blocksOf, textOf, type ValueObject } from "../../protocol/value";
import { inventedHex } from "../cloud";
import type { Complaint, ResourceRules } from "../rules";

const RESTART = /^(no|on-failure|always|unless-stopped)$/;

export const dockerContainer: ResourceRules = {
  type: "docker_container",
  schemaVersion: 2,
  replacedBy: [
    ...[
      "name",
      "image",
      "hostname",
      "domainname",
      "command",
      "entrypoint",
      "user",
      "env",
      "working_dir",
      "read_only",
      "privileged",
      "init",
    ],
    ...["dns", "dns_opts", "dns_search", "publish_all_ports", "ports", "ports.*", "network_mode", "networks_advanced", "host"],
    ...["mounts", "volumes", "devices", "upload", "labels", "capabilities", "ulimit", "security_opts", "sysctls", "storage_opts"],
    ...["runtime", "stop_signal", "stop_timeout", "shm_size", "log_driver", "log_opts", "pid_mode", "userns_mode", "ipc_mode"],
    ...["group_add", "tty", "stdin_open", "gpus", "cpus", "cgroupns_mode", "cgroup_parent"],
  ],
  filledByCloud: [
    ...["hostname", "command", "entrypoint", "env", "security_opts", "runtime", "stop_signal", "stop_timeout", "labels", "shm_size"],
    ...["log_driver", "ipc_mode", "init", "healthcheck", "ports.external"],
  ],
  defaults: {
    attach: false,
    container_read_refresh_timeout_milliseconds: 15_000,
    "healthcheck.interval": "0s",
    "healthcheck.retries": 0,
    "healthcheck.start_interval": "0s",
    "healthcheck.start_period": "0s",
    "healthcheck.timeout": "0s",
    logs: false,
    must_run: true,
    network_mode: "bridge",
    "ports.ip": "0.0.0.0",
    "ports.protocol": "tcp",
    read_only: false,
    remove_volumes: true,
    restart: "no",
    rm: false,
    start: true,
    stdin_open: false,
    tty: false,
    "upload.executable": false,
    wait: false,
    wait_timeout: 60,
  },
  id: idOf,
  filledIn: (container) => ({
    hostname: idOf(container).slice(0, 12),
    ipc_mode: "private",
    log_driver: "json-file",
    runtime: "runc",
    shm_size: 64,
    stop_signal: "SIGTERM",
  }),
  validate: (config) => [...restartComplaints(config), ...portComplaints(config)],
};

function idOf(container: ValueObject): string {
  return inventedHex(`container ${textOf(container, "name")}`, 64);
}

function restartComplaints(config: ValueObject): Complaint[] {
  const restart = textOf(config, "restart");
  return restart === "" || RESTART.test(restart)
    ? []
    : [{ attribute: "restart", message: `"${restart}" must be no, on-failure, always or unless-stopped.` }];
}

function portComplaints(config: ValueObject): Complaint[] {
  const ports = blocksOf(config, "ports").flatMap(({ internal, external }) => [internal, external]);
  return ports
    .filter((port) => typeof port === "number" && !(port >= 1 && port <= 65_535))
    .map((port) => ({ attribute: "ports", message: `${String(port)} is no port: expected 1 to 65535.` }));
}
