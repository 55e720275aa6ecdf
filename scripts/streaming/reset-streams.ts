import type { KafkaEngine } from "../../embedded/engines/kafka/kafka-engine";

/** How the stream application is reset. */
export interface ResetOptions {
  /** Folder of the application's classes. */
  readonly classes: string;

  /** Whether the rides are dropped as well. @default false */
  readonly input?: boolean;
}

/**
 * Makes the stream application forget all that it has seen, and drops its answers; stops it where it runs. Started again, it counts every ride that
 * there is.
 *
 * @throws EmbeddedError with what the cluster says
 */
export async function resetStreams(engine: KafkaEngine, { classes, input = false }: ResetOptions, signal?: AbortSignal): Promise<void> {
  await engine.runInstead({ classes, main: "streams.Reset", args: input ? ["--input"] : [] }, signal);
}
