import { textOf } from "../../protocol/value";
import { inventedHex } from "../cloud";
import type { ResourceRules } from "../rules";

export const dockerNetwork: ResourceRules = {
  type: "docker_network",
  schemaVersion: 1,
  replacedBy: [
    "name",
    "labels",
    "check_duplicate",
    "driver",
    "options",
    "internal",
    "attachable",
    "ingress",
    "ipv6",
    "ipam_driver",
    "ipam_options",
    "ipam_config",
  ],
  filledByCloud: ["driver", "options", "internal", "ipam_config"],
  defaults: { ipam_driver: "default" },
  id: (network) => inventedHex(`network ${textOf(network, "name")}`, 64),
  filledIn: () => ({ driver: "bridge", scope: "local" }),
};
