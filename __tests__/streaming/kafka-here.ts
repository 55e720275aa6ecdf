import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KafkaEngine } from "../../embedded/engines/kafka/kafka-engine";
import type { KafkaPorts } from "../../embedded/engines/kafka/kafka-options";
import { isRunning } from "../../embedded/engines/kafka/process-mark";
import { Service } from "../../embedded/engines/kafka/service";
import { until } from "./cluster";
import { freePorts } from "./free-ports";
import { tools } from "./tools";

/** An engine of its own for a test file, in a clean folder and on free ports; nothing is started yet. */
export interface KafkaHere {
  readonly engine: KafkaEngine;
  readonly folder: string;
  readonly ports: KafkaPorts;

  /** Kills a service, such as `kafka-1`, and waits until it is gone: the kill alone is a request. */
  readonly kill: (service: string) => Promise<void>;

  /** Stops it, and removes the folder. */
  readonly remove: () => Promise<void>;
}

export async function kafkaHere(brokers = 1, folder = mkdtempSync(join(tmpdir(), "kafka-")), given?: KafkaPorts): Promise<KafkaHere> {
  const ports = given ?? (await portsFor(brokers));
  const engine = new KafkaEngine({ folder, ...tools(), brokers, ports, secrets: folder });
  const kill = async (name: string) => {
    const mark = new Service(name, folder).running()!;
    process.kill(mark.pid, "SIGKILL");
    await until(
      `${name} is gone`,
      () => Promise.resolve(isRunning(mark)),
      (runs) => !runs,
    );
  };
  const remove = async () => {
    await engine.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { engine, folder, ports, kill, remove };
}

async function portsFor(brokers: number): Promise<KafkaPorts> {
  const [registry = 0, connect = 0, ...rest] = await freePorts(2 * brokers + 2);
  return { registry, connect, clients: rest.slice(0, brokers), controllers: rest.slice(brokers) };
}
