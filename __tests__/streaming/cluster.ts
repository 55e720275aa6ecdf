import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { copies } from "../../contracts/render/kafka";
import { BrokerMachine } from "./broker-machine";
import { freePorts } from "./free-ports";
import { GoogleStandIn } from "./google-stand-in";

/** Machines of one cluster, each in a folder of its own, and the stand-in that they ask. */
export interface ClusterHere {
  readonly google: GoogleStandIn;
  readonly machines: readonly BrokerMachine[];
  readonly stop: () => Promise<void>;
}

/** Makes the machines of a cluster; nothing is installed yet. */
export async function clusterHere(brokers: number): Promise<ClusterHere> {
  const folder = mkdtempSync(join(tmpdir(), "kafka-"));
  const google = await GoogleStandIn.start();
  const hosts = Array<string>(brokers).fill("localhost");
  const names = ["CLIENT", "INTERNAL", "CONTROLLER", "TUNNEL", "REGISTRY", "CONNECT"].map((name) => `PORT_${name}`);
  const ports = await freePorts(brokers * names.length);
  const portOf = (index: number, name: string) => String(ports[index * names.length + names.indexOf(name)]);
  const each = (text: (index: number) => string) => hosts.map((_host, index) => text(index)).join(",");
  const cluster = {
    projectId: "acme-dev",
    hosts,
    zones: hosts,
    ...copies(brokers),
    heapMebibytes: hosts.map(() => 256),
  };
  const machines = hosts.map(
    (_host, index) =>
      new BrokerMachine(join(folder, String(index + 1)), index + 1, google, cluster, {
        ...Object.fromEntries(names.map((name) => [name, portOf(index, name)])),
        RACK: `zone-${String(index)}`,
        VOTERS: each((other) => `${String(other + 1)}@localhost:${portOf(other, "PORT_CONTROLLER")}`),
        BOOTSTRAP: each((other) => `localhost:${portOf(other, "PORT_CLIENT")}`),
      }),
  );
  const stop = async () => {
    await Promise.all(machines.map((machine) => machine.stop()));
    google.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { google, machines, stop };
}

/** Asks until the answer is as wanted, at most for three minutes: other work may go on here. */
export async function until<T>(what: string, ask: () => Promise<T>, isWanted: (answer: T) => boolean): Promise<T> {
  const deadline = Date.now() + 180_000;
  let last: unknown;
  while (Date.now() < deadline) {
    try {
      const answer = await ask();
      if (isWanted(answer)) return answer;
      last = answer;
    } catch (error) {
      last = error;
    }
    await pause(250);
  }
  throw new Error(`Not within three minutes: ${what}. Last: ${String(last)}`);
}
