import type { Type } from "avsc";
import { Decoder } from "../avro/decoder";
import { SchemaRegistry } from "../avro/schema-registry";
import { UndecodableError } from "../avro/wire-format";
import { type Cluster, ClusterError, partitionsOf, why } from "../client/cluster";
import { StreamingError } from "../client/streaming-error";
import { DEAD_LETTERS, DeadLetters } from "./dead-letters";
import { GroupReader } from "./group-reader";
import type { Received } from "./received";

const POLL_MILLISECONDS = 500;
const COMMIT_MILLISECONDS = 1_000;

/** A record, read; or, in topics that hold no events of ours, one that can't be: then there is no type. */
export interface Followed {
  readonly record: Received;

  /** Null where the record holds nothing, a compacted topic's way to take a key away, or what isn't Avro. */
  readonly value: Readonly<Record<string, unknown>> | null;

  /** By which it was written. */
  readonly type: Type | undefined;
}

/** Who follows what. */
export interface FollowOptions {
  readonly cluster: Cluster;
  readonly topic: string;
  readonly group: string;
  readonly fromBeginning: boolean;
  readonly signal: AbortSignal;

  /** Does something with a record; the next one waits for a promise. */
  readonly onRecord: (followed: Followed) => unknown;

  /** Resolves when what was done can't be lost any more. @default right away */
  readonly beforeCommit?: () => Promise<void>;

  /** Told what was put to the dead letters. */
  readonly onUndecodable?: (record: Received, reason: string) => void;
  readonly onTrouble?: (trouble: unknown) => void;
  readonly onAssigned?: (partitions: readonly string[]) => void;
}

/**
 * Reads a topic as a member of a group, until it is told to stop. What can't be decoded goes to the dead letters, and it goes on.
 *
 * @returns whether all that was read is committed; what isn't comes again
 * @throws ClusterError, RegistryError: a registry that is away makes no record undecodable
 */
export async function follow(options: FollowOptions): Promise<boolean> {
  const { cluster, topic, group, signal } = options;
  await partitionsOf(cluster, [topic]);
  const decoder = new Decoder(new SchemaRegistry({ url: cluster.registryUrl, signal, onWait: options.onTrouble }));
  const reader = new GroupReader(cluster, { ...options, topics: [topic] });
  const letters = new DeadLetters(cluster, group, signal);
  const commit = async (): Promise<boolean> => {
    await Promise.all([letters.drained(), options.beforeCommit?.()]);
    return reader.commit();
  };
  let isCommitted: boolean;
  try {
    await reader.join();
    for (let committed = Date.now(); !signal.aborted;) {
      for (const record of await reader.poll(POLL_MILLISECONDS)) {
        const waiting = handle(record, decoder, holdsEvents(topic) ? letters : undefined, options);
        if (waiting instanceof Promise) await waiting;
        reader.markDone(record);
      }
      if (Date.now() - committed < COMMIT_MILLISECONDS) continue;
      await commit();
      committed = Date.now();
    }
  } catch (error) {
    if (!signal.aborted) throw error instanceof StreamingError ? error : new ClusterError(why(error, cluster));
  } finally {
    isCommitted = await commit().catch(() => false);
    await reader.close();
    await letters.close();
  }
  return isCommitted;
}

/** Whether what can't be decoded there is put aside: letters never again, and what is Connect's own was never Avro. */
export const holdsEvents = (topic: string): boolean => topic.startsWith("trips.") && topic !== DEAD_LETTERS;

/**
 * Reads one record; a promise only where something must be waited for, which is seldom.
 *
 * @param letters where to put what can't be decoded; without them it is shown as it came
 */
export function handle(
  record: Received,
  decoder: Pick<Decoder, "decode" | "writtenBy">,
  letters: Pick<DeadLetters, "put"> | undefined,
  options: Pick<FollowOptions, "onRecord" | "onUndecodable">,
): unknown {
  const { value } = record;
  if (value === null) return options.onRecord({ record, value, type: undefined });
  const tell = (decoded: unknown): unknown =>
    options.onRecord({ record, value: decoded as Readonly<Record<string, unknown>>, type: decoder.writtenBy(value) });
  const putAside = async (error: unknown): Promise<void> => {
    if (!(error instanceof UndecodableError)) throw error;
    if (letters === undefined) {
      await options.onRecord({ record, value: null, type: undefined });
      return;
    }
    await letters.put(record, error.message);
    options.onUndecodable?.(record, error.message);
  };
  try {
    const decoded = decoder.decode(value);
    return decoded instanceof Promise ? decoded.then(tell, putAside) : tell(decoded);
  } catch (error) {
    return putAside(error);
  }
}
