import { TerraformOutput, type TerraformStack } from "cdktf";
import type { Environment } from "../environment/environment";
import { WorkloadIdentity } from "../identity/workload-identity";
import { Network } from "../network/network";
import { EncryptionKey } from "../security/encryption-key";
import { KeyRing } from "../security/key-ring";
import { Machine } from "./machine";
import { NightSchedule } from "./night-schedule";

/** A machine that serves a page from its data disk, is off at night, and is reached by a group of people through a tunnel. */
export function example(stack: TerraformStack, environment: Environment): void {
  const identity = new WorkloadIdentity(stack, "pages", { environment, workload: "pages", description: "Serves a page." });
  const network = new Network(stack, "network", { environment });
  network.firewall.allowTunnel(identity, [8080]);
  const keyRing = new KeyRing(stack, "keys", { environment });
  const encryptionKey = new EncryptionKey(stack, "key", { environment, keyRing, name: "data" });
  const nightSchedule = new NightSchedule(stack, "nights", { environment, name: "pages", stop: "0 19 * * *", timeZone: "Europe/Brussels" });

  const machine = new Machine(stack, "machine", {
    environment,
    name: "pages",
    network,
    identity,
    machineType: "e2-small",
    dataDisk: { gigabytes: 50, mountPoint: "/srv/pages", snapshotDays: 14 },
    startupScript: "systemd-run --unit=pages --collect python3 -m http.server 8080 --directory /srv/pages || true",
    nightSchedule,
    encryptionKey,
    destroyData: true,
  });
  const engineers = { id: "engineers", member: "group:engineers@example.com" };
  machine.grantTunnel(engineers, 8080);
  machine.grantTunnel(engineers, 22);
  machine.grantLogin(engineers);

  new TerraformOutput(stack, "tunnel", { value: machine.tunnelCommand(8080) });
}
