/** A day of the week, as iCalendar abbreviates it. */
export type Weekday = "MO" | "TU" | "WE" | "TH" | "FR" | "SA" | "SU";

/** When Google may upgrade an environment and restart what runs in it; at least 12 hours a week in pieces of 4 or more. */
export interface MaintenanceWindow {
  /** Days of the week, UTC. */
  readonly weekdays: readonly Weekday[];

  /** Full hour at which it begins, UTC: 0 to 23. */
  readonly startHour: number;

  /** Length in hours, 4 to 24. */
  readonly hours: number;
}

/** Nights of the weekend; the pipelines' months begin on any day. */
export const weekendNights: MaintenanceWindow = { weekdays: ["SA", "SU"], startHour: 0, hours: 6 };

/**
 * The window as Composer's API wants it; the date only says how long it is.
 *
 * @throws Error when it is shorter than Google asks for.
 * @see https://cloud.google.com/composer/docs/composer-3/specify-maintenance-windows
 */
export function apiWindow({ weekdays, startHour, hours }: MaintenanceWindow): { startTime: string; endTime: string; recurrence: string } {
  if (!Number.isInteger(startHour) || startHour < 0 || startHour > 23) {
    throw new Error(`A maintenance window begins at a full hour from 0 to 23 UTC, not at ${String(startHour)}.`);
  }
  const perWeek = new Set(weekdays).size * hours;
  if (!Number.isInteger(hours) || hours < 4 || hours > 24 || perWeek < 12) {
    throw new Error(
      `A maintenance window must have 4 to 24 full hours and at least 12 a week, e.g. 6 on SA and SU; ${String(hours)} on ${weekdays.join(", ")} are ${String(perWeek)}.`,
    );
  }
  const instant = (hour: number): string => new Date(Date.UTC(2026, 0, 1, hour)).toISOString().replace(".000Z", "Z");
  return {
    startTime: instant(startHour),
    endTime: instant(startHour + hours),
    recurrence: `FREQ=WEEKLY;BYDAY=${weekdays.join(",")}`,
  };
}
