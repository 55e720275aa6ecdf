import type { SnapshotSchedule } from "./composer-environment-props";

/** @throws Error when Composer would refuse it. */
export function checkSnapshots({ cron, timeZone }: SnapshotSchedule): void {
  if (cron.trim().split(/\s+/).length !== 5 || !/^[\d\s*,/-]+$/.test(cron)) {
    throw new Error(`The snapshots' schedule "${cron}" must have cron's five fields, e.g. "0 4 * * *".`);
  }
  if (!/^UTC([+-](0\d|1[0-2]))?$/.test(timeZone)) {
    throw new Error(`The snapshots' time zone "${timeZone}" must be an offset from UTC-12 to UTC+12, e.g. "UTC" or "UTC+01".`);
  }
}
