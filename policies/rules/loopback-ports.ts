import { isReference } from "../resource-view";
import { resourceRule } from "../rule";

const LOOPBACK = ["127.0.0.1", "::1"];

/** Containers are reached from their own machine. */
export const loopbackPorts = resourceRule({
  id: "loopback-ports",
  severity: "error",
  reason: "Docker publishes on all addresses and goes around the machine's firewall: the café's network could connect.",
  mend: 'Give every port the ip "127.0.0.1".',
  reads: { docker_container: ["ports.ip", "network_mode", "publish_all_ports"] },
  check: (container) => {
    const addresses = container.blocks("ports").map(({ ip }) => ip ?? "0.0.0.0");
    return [
      ...addresses.filter((ip) => !isReference(ip) && !LOOPBACK.includes(String(ip))).map((ip) => `a port is published on ${String(ip)}`),
      ...(container.value("network_mode") === "host" ? ["network_mode is host"] : []),
      ...(container.value("publish_all_ports") === true ? ["publish_all_ports is true"] : []),
    ];
  },
});
