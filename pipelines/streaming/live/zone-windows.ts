import { localText, type ZoneHour } from "../avro/schemas";
import type { LiveWindow, LiveZone } from "./src/live-state";

/** Windows that are shown. */
const WINDOWS = 6;

/** What is known of the newest windows. */
export class ZoneWindows {
  private readonly windows = new Map<number, Map<number, ZoneHour>>();
  private readonly finals = new Map<number, Set<number>>();

  /** Takes an update, or what is final; older windows are forgotten when newer ones come. */
  public add(hour: ZoneHour, isFinal: boolean): void {
    const { window_start: start, pickup_zone_id: zone } = hour;
    const zones = this.windows.get(start) ?? new Map<number, ZoneHour>();
    this.windows.set(start, zones.set(zone, hour));
    if (isFinal) this.finals.set(start, (this.finals.get(start) ?? new Set()).add(zone));
    if (this.windows.size <= WINDOWS) return;
    const oldest = Math.min(...this.windows.keys());
    this.windows.delete(oldest);
    this.finals.delete(oldest);
  }

  /** Newest first. */
  public shown(): LiveWindow[] {
    return [...this.windows]
      .sort(([one], [other]) => other - one)
      .map(([start, zones]) => ({
        start: localText(start).slice(0, 16),
        pickups: sum([...zones.values()].map(({ pickups }) => pickups)),
        finalZones: this.finals.get(start)?.size ?? 0,
        zones: zones.size,
      }));
  }

  /** Zones over the windows that are shown, most pickups first. */
  public zones(): LiveZone[] {
    const zones = new Map<number, LiveZone>();
    for (const { pickup_zone_id: zoneId, zone, borough, pickups, revenue } of [...this.windows.values()].flatMap((each) => [
      ...each.values(),
    ])) {
      const before = zones.get(zoneId) ?? { pickups: 0, revenue: 0 };
      const named = { zoneId, zone: zone ?? `Zone ${String(zoneId)}`, borough: borough ?? "Unknown" };
      zones.set(zoneId, { ...named, pickups: before.pickups + pickups, revenue: before.revenue + revenue });
    }
    return [...zones.values()].sort((one, other) => other.pickups - one.pickups || one.zoneId - other.zoneId);
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
