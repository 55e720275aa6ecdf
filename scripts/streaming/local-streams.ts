import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { KafkaEngine } from "../../embedded/engines/kafka/kafka-engine";
import { paths } from "../local-dev";
import { CommandError } from "../terminal/failure";
import { compileStreams } from "./compile-streams";
import { kafkaSoftware } from "./local-kafka";
import { type ResetOptions, resetStreams } from "./reset-streams";

const PATIENCE_MILLISECONDS = 120_000;
const POLL_MILLISECONDS = 100;

const classes = (): Promise<string> => compileStreams(kafkaSoftware, join(paths.root, "kafka/streams"));

/**
 * Starts the stream application on this machine as its sources are now, and Kafka before it; resolves when it reads rides. One that runs already is
 * left alone, unless it is of older sources: that one finishes what it has read, and the new one takes its place.
 *
 * @throws CommandError when it ends instead, with what it said last
 */
export async function startStreams(engine: KafkaEngine, signal?: AbortSignal): Promise<void> {
  await engine.startApplication({ classes: await classes(), main: "streams.Main" }, signal);
  const { application } = engine;
  const deadline = Date.now() + PATIENCE_MILLISECONDS;
  while (!/^RUNNING$/m.test(said(application.log))) {
    if (application.running() === undefined || Date.now() > deadline) {
      throw new CommandError(
        `The stream application doesn't come up. It says (${application.log}):\n${said(application.log).slice(-1000)}`,
      );
    }
    await pause(POLL_MILLISECONDS, undefined, { signal });
  }
}

/** {@link resetStreams} of the application on this machine. */
export async function resetLocalStreams(
  engine: KafkaEngine,
  options: Omit<ResetOptions, "classes"> = {},
  signal?: AbortSignal,
): Promise<void> {
  await resetStreams(engine, { ...options, classes: await classes() }, signal);
}

function said(log: string): string {
  try {
    return readFileSync(log, "utf8");
  } catch {
    return ""; // It has just been started.
  }
}
