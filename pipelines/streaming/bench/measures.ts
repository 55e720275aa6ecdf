import { setTimeout as pause } from "node:timers/promises";
import { Decoder } from "../avro/decoder";
import { SchemaRegistry } from "../avro/schema-registry";
import { avroType, renderedSchema, type ZoneHour } from "../avro/schemas";
import type { Cluster } from "../client/cluster";
import { LagAdmin } from "../consumer/lag";
import { Latencies, latencyOf, type Period } from "../consumer/latencies";
import { TopicReader } from "../consumer/topic-reader";
import { replay } from "../producer/replay";
import type { RidesSource } from "../producer/rides";

const SECOND = 1_000;
const UPDATES = "trips.pickups-per-zone";
const GROUP = "trips-streams";
const POLL_MILLISECONDS = 100;

/** Rides a second that the producer alone gets acknowledged. */
export async function producerAlone(cluster: Cluster, rides: RidesSource, signal: AbortSignal): Promise<number> {
  const { acknowledged, seconds } = await replay({ rides, cluster, signal });
  return acknowledged / seconds;
}

/** What came of rides that were sent at a rate while the application counted them. */
export interface EndToEnd {
  /** Rides a second that were acknowledged. */
  readonly rate: number;

  /** Rides that the application hadn't counted yet, second by second. */
  readonly lags: readonly number[];

  /** Seconds from the last ride's acknowledgement until all were counted. */
  readonly drain: number;
}

/** Sends at a rate, and looks every second how far the application is behind. */
export async function endToEnd(cluster: Cluster, rides: RidesSource, rate: number, signal: AbortSignal): Promise<EndToEnd> {
  const asking = new LagAdmin(cluster);
  const behind = async () => (await asking.lag(GROUP, "trips.rides")).reduce((sum, { lag }) => sum + lag, 0);
  const lags: number[] = [];
  let isSending = true;
  const watching = (async () => {
    for (let next = Date.now() + SECOND; isSending; next += SECOND) {
      await pause(Math.max(next - Date.now(), 0), undefined, { signal });
      lags.push(await behind());
    }
  })();
  const { acknowledged, seconds } = await replay({ rides, cluster, rate, signal });
  isSending = false;
  const end = performance.now();
  await watching;
  while ((await behind()) > 0) await pause(POLL_MILLISECONDS, undefined, { signal });
  await asking.close();
  return { rate: acknowledged / seconds, lags, drain: (performance.now() - end) / SECOND };
}

/** Milliseconds from a ride's sending until who reads committed records has the update that counts it, while rides are sent at a rate. */
export async function latency(cluster: Cluster, rides: RidesSource, rate: number, signal: AbortSignal): Promise<Period> {
  const reader = new TopicReader(cluster, { signal });
  for (const [key, end] of await reader.offsets(UPDATES, true)) reader.positions.set(key, end);
  const decoder = new Decoder(new SchemaRegistry({ url: cluster.registryUrl, signal }), avroType(renderedSchema("zone_hour")));
  const latencies = new Latencies();
  let isSending = true;
  const reading = (async () => {
    while (isSending) {
      for (const { value } of await reader.poll(POLL_MILLISECONDS)) {
        if (value === null) continue;
        const decoded = decoder.decode(value);
        latencies.add(latencyOf({ ...((decoded instanceof Promise ? await decoded : decoded) as ZoneHour) }));
      }
    }
  })();
  await replay({ rides, cluster, rate, signal });
  isSending = false;
  await reading;
  await reader.close();
  return latencies.end();
}
