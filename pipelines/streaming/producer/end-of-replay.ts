import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { RideEvent } from "../avro/schemas";

const WINDOWS = join(__dirname, "../../../contracts/generated/windows.json");
const MINUTE_MICROS = 60_000_000;

/** Key of a mark: its zone. The partition is named, so it says nothing of where it goes. */
export const MARK_KEY = Buffer.from("0");

/**
 * The mark that closes a partition's windows: just so late that stream time, which only events move, reaches the end of the last ride's window and
 * its grace. No later: the next month's first hours would be late.
 *
 * @param last event time of the last ride of the whole replay, in microseconds
 */
export function endOfReplay(replay: string, partition: number, last: number): Omit<RideEvent, "produced_at"> {
  const { windowMinutes, graceMinutes } = JSON.parse(readFileSync(WINDOWS, "utf8")) as { windowMinutes: number; graceMinutes: number };
  const window = windowMinutes * MINUTE_MICROS;
  return {
    event_id: `${replay}/${String(partition)}`,
    event_type: "end_of_replay",
    service: "",
    pickup_zone_id: 0,
    dropoff_zone_id: null,
    pickup_datetime: (Math.floor(last / window) + 1) * window + graceMinutes * MINUTE_MICROS,
    dropoff_datetime: null,
    fare_amount: null,
    total_amount: null,
  };
}
