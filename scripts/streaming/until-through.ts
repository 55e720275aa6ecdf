import { setTimeout as pause } from "node:timers/promises";
import type { Cluster } from "../../pipelines/streaming/client/cluster";
import { LagAdmin } from "../../pipelines/streaming/consumer/lag";
import { settled } from "../../pipelines/streaming/consumer/settled";
import { CommandError } from "../terminal/failure";

/** Where the application says what of windows is final. */
export const RESULTS = "trips.pickups-per-zone.final";
const POLL_MILLISECONDS = 250;

/** Without any progress for so long, something hangs. */
const PATIENCE_MILLISECONDS = 120_000;

/**
 * Waits until the stream application has done all rides that were sent, and its results are there for everybody.
 *
 * @param ended the application's log, once it doesn't run any more.
 * @throws CommandError when it has ended, or gets no further
 */
export async function untilThrough(cluster: Cluster, ended: () => string | undefined, signal: AbortSignal): Promise<void> {
  const asking = new LagAdmin(cluster);
  try {
    await through(asking, ended, signal);
  } finally {
    await asking.close();
  }
  await settled(cluster, [RESULTS], signal);
}

async function through(asking: LagAdmin, ended: () => string | undefined, signal: AbortSignal): Promise<void> {
  let [left, at] = [Infinity, Date.now()];
  for (;;) {
    const partitions = await asking.lag("trips-streams", "trips.rides");
    const now = partitions.reduce((sum, { lag }) => sum + lag, 0);
    if (now === 0) return;
    if (now < left) [left, at] = [now, Date.now()];
    const log = ended();
    if (log !== undefined) throw new CommandError(`The stream application ended with ${String(now)} rides to go: ${log}`);
    if (Date.now() - at > PATIENCE_MILLISECONDS) {
      throw new CommandError(
        `The stream application has been at ${String(now)} rides to go for two minutes. npm run streams -- status says more.`,
      );
    }
    await pause(POLL_MILLISECONDS, undefined, { signal });
  }
}
