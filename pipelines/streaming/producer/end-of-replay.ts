import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { RideEvent } from "../avro/schemas";

const WINDOWS = join(__dirname, "../../../contracts/generated/windows.json");
const MINUTE_MICROS = 60_000_000;

/** Key of a mark: its zone. The partition is named, so it says nothing of where it goes. */
export const MARK_KEY = Buffer.from("0");

/**
 * The mark that closes a partition's windows: just so late that stream time, which only events move, reaches the end of the last ride's window and
 * its grace. No later, lest more of what comes next is late than must be: the last ride of a file may lie days behind its month's end, so the first
 * rides of the month after it, or of another service, may be late all the same. Then the stream application begins anew: `npm run streams -- reset --input`.
 *
 * @param last event time of the last ride of the whole replay, in microseconds
 */
export function endOfReplay(replay: string, partition: number, last: number): Omit<RideEvent, "produced_at"> {
  const { window, grace } = windows();
  return {
    event_id: `${replay}/${String(partition)}`,
    event_type: "end_of_replay",
    service: "",
    pickup_zone_id: 0,
    dropoff_zone_id: null,
    pickup_datetime: (Math.floor(last / window) + 1) * window + grace,
    dropoff_datetime: null,
    fare_amount: null,
    total_amount: null,
  };
}

/**
 * Event time before which no ride is counted any more: its window and grace are over.
 *
 * @param newest what stream time has come to; this and the answer in microseconds
 */
export function closedBefore(newest: number): number {
  const { window, grace } = windows();
  return Math.floor((newest - grace) / window) * window;
}

function windows(): { readonly window: number; readonly grace: number } {
  const { windowMinutes, graceMinutes } = JSON.parse(readFileSync(WINDOWS, "utf8")) as { windowMinutes: number; graceMinutes: number };
  return { window: windowMinutes * MINUTE_MICROS, grace: graceMinutes * MINUTE_MICROS };
}
