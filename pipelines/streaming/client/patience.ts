import { GenericError } from "@platformatic/kafka";
import { setTimeout as pause } from "node:timers/promises";
import { type Cluster, ClusterError, why } from "./cluster";

/** How long, and by whom, brokers are waited for. */
export interface PatienceOptions {
  readonly cluster: Cluster;

  /** Milliseconds for which they may fail. */
  readonly patience: number;
  readonly signal: AbortSignal;

  /** Told what it waits for; undefined when it goes on. */
  readonly onTrouble?: (trouble: unknown) => void;
}

const PAUSE_MILLISECONDS = 500;

/**
 * Repeats what fails in passing: a broker that is away, a leader that has changed.
 *
 * @param between done before each repetition
 * @throws ClusterError when patience is at its end, or for what no repetition mends: rights, a topic that isn't there
 */
export async function patiently<Result>(
  { cluster, patience, signal, onTrouble }: PatienceOptions,
  work: () => Promise<Result>,
  between: (error: unknown) => Promise<void>,
): Promise<Result> {
  const deadline = Date.now() + patience;
  for (let tries = 0; ; tries += 1) {
    signal.throwIfAborted();
    try {
      const result = await work();
      if (tries > 0) onTrouble?.(undefined);
      return result;
    } catch (error) {
      signal.throwIfAborted();
      if (Date.now() > deadline || isFinal(error)) throw error instanceof ClusterError ? error : new ClusterError(why(error, cluster));
      onTrouble?.(error);
      await between(error);
      await pause(PAUSE_MILLISECONDS, undefined, { signal });
    }
  }
}

/** Whether the error is, or holds, one of the broker's of these names. */
export const isOf = (error: unknown, ...ids: readonly string[]): boolean =>
  error instanceof Error &&
  GenericError.isGenericError(error as GenericError) &&
  ids.some((each) => (error as GenericError).findBy("apiId", each) !== null);

const isFinal = (error: unknown): boolean =>
  isOf(error, "TOPIC_AUTHORIZATION_FAILED", "GROUP_AUTHORIZATION_FAILED", "CLUSTER_AUTHORIZATION_FAILED") ||
  (error instanceof Error && /Unknown topic|SASL|authentication/i.test(error.message));
