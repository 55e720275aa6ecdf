import { execFile } from "node:child_process";
import { basename, dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { copies } from "../../contracts/render/kafka";
import type { KafkaAddresses } from "../../embedded/engines/kafka/kafka-options";
import { Connectors, failureOf, isRunning } from "../../pipelines/streaming/connect/connectors";
import { ZONE_HOURS_SINK, zoneHoursSink } from "../../pipelines/streaming/connect/zone-hours-sink";
import { CommandError } from "../terminal/failure";

/** The deployed Postgres on this machine. */
export interface PostgresHere {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;

  /** Absolute path. */
  readonly passwordFile: string;
}

const START_MILLISECONDS = 120_000;

/** Makes the table that the connector writes to, where there is none. @throws CommandError in the words of the program that does it */
export async function makePostgresTable(python: string, settingsFile: string): Promise<void> {
  try {
    await promisify(execFile)(python, ["-m", "sinks", "postgres-table", "--settings", settingsFile]);
  } catch (error) {
    throw new CommandError((error as { stderr?: string }).stderr?.trim() ?? String(error));
  }
}

/** Makes the connector to Postgres, or changes it, and waits until it works. @throws CommandError saying why it doesn't */
export async function sinkZoneHours(kafka: KafkaAddresses, postgres: PostgresHere, signal?: AbortSignal): Promise<void> {
  const { passwordFile, ...reached } = postgres;
  const connectors = new Connectors(kafka.connectUrl);
  const configuration = zoneHoursSink({
    postgres: { ...reached, passwordFile: { folder: dirname(passwordFile), name: basename(passwordFile) } },
    registryUrl: kafka.registryUrl.replace("/apis/ccompat/v7", "/apis/registry/v2"),
    replication: copies(kafka.brokers).replication,
  });
  await connectors.apply(ZONE_HOURS_SINK, configuration).catch((error: unknown) => {
    throw new CommandError((error as Error).message);
  });
  await running(connectors, signal);
}

/** One that failed before, because Postgres was away for instance, is started anew, once. */
async function running(connectors: Connectors, signal?: AbortSignal): Promise<void> {
  const deadline = Date.now() + START_MILLISECONDS;
  let isRestarted = false;
  while (Date.now() < deadline) {
    signal?.throwIfAborted();
    const status = await connectors.status(ZONE_HOURS_SINK);
    if (isRunning(status)) return;
    const failure = failureOf(status);
    if (failure !== undefined && isRestarted) throw new CommandError(`The connector ${ZONE_HOURS_SINK} failed: ${failure}`);
    if (failure !== undefined) {
      await connectors.restart(ZONE_HOURS_SINK);
      isRestarted = true;
    }
    await pause(500, undefined, { signal });
  }
  throw new CommandError(
    `The connector ${ZONE_HOURS_SINK} doesn't run after two minutes: look into the log of kafka-connect (npm run status).`,
  );
}
