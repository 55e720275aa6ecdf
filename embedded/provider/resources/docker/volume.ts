import { textOf } from "../../protocol/value";
import { inventedHex } from "../cloud";
import type { ResourceRules } from "../rules";

export const dockerVolume: ResourceRules = {
  type: "docker_volume",
  schemaVersion: 1,
  replacedBy: ["name", "driver", "driver_opts", "labels"],
  filledByCloud: ["name", "driver"],
  id: (volume) => textOf(volume, "name") || inventedHex(JSON.stringify(volume), 64),
  filledIn: (volume) => {
    const name = textOf(volume, "name") || inventedHex(JSON.stringify(volume), 64);
    return { name, driver: "local", mountpoint: `/var/lib/docker/volumes/${name}/_data` };
  },
};
