/** Pickups and revenue of a zone in an hour of event time. */
export interface ZoneHour {
  readonly zoneId: number;

  /** When the hour began, wall-clock time: `2019-03-01T17:00`. */
  readonly hour: string;
  readonly pickups: number;

  /** US cents: sums of amounts must be exact. */
  readonly revenueCents: number;
}

/** Name of a zone's hour, as keys on Kafka have it. */
export const keyOf = ({ zoneId, hour }: Pick<ZoneHour, "zoneId" | "hour">): string => `${String(zoneId)}|${hour}`;

/** What {@link compare} found. */
export interface Comparison {
  readonly equal: boolean;

  /** Zone hours of both. */
  readonly zoneHours: number;
  readonly pickups: number;

  /** The first three, each in words. */
  readonly differences: readonly string[];
}

const MOST_TOLD = 3;

/** Whether the stream came to the batch's answer: the same zone hours, each once, with the same pickups and the same cents. */
export function compare(stream: readonly ZoneHour[], batch: readonly ZoneHour[]): Comparison {
  const differences: string[] = [];
  const wanted = new Map(batch.map((one) => [keyOf(one), one]));
  const seen = new Set<string>();
  for (const one of stream) {
    const key = keyOf(one);
    if (seen.has(key)) differences.push(`${key}: the stream says it twice`);
    seen.add(key);
    const other = wanted.get(key);
    if (other === undefined) differences.push(`${key}: ${told(one)} in the stream, nothing in the batch`);
    else if (told(one) !== told(other)) differences.push(`${key}: ${told(one)} in the stream, ${told(other)} in the batch`);
  }
  for (const [key, one] of wanted) if (!seen.has(key)) differences.push(`${key}: nothing in the stream, ${told(one)} in the batch`);
  return {
    equal: differences.length === 0,
    zoneHours: seen.size,
    pickups: stream.reduce((sum, { pickups }) => sum + pickups, 0),
    differences: differences.slice(0, MOST_TOLD),
  };
}

const told = ({ pickups, revenueCents }: ZoneHour): string => `${String(pickups)} pickups, ${(revenueCents / 100).toFixed(2)} USD`;
