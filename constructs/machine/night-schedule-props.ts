import type { Environment } from "../environment/environment";

/** What a {@link NightSchedule} needs to know. */
export interface NightScheduleProps {
  /** Gives the schedule project and region. */
  readonly environment: Environment;

  /** Completes the name: `kafka` makes `trips-kafka-nights`. */
  readonly name: string;

  /**
   * When machines are switched off: minute, hour, day, month and weekday, as cron has them. Google takes up to 15 minutes longer.
   *
   * @default "0 20 * * *"
   */
  readonly stop?: string;

  /**
   * When they are switched on again, at least 15 minutes from `stop`; an empty text for never, so that whoever needs one starts it.
   *
   * @default "0 7 * * 1-5" - on working days
   */
  readonly start?: string;

  /**
   * Whose clock it is, by its name in the tz database, e.g. `Europe/Brussels`.
   *
   * @default "UTC"
   */
  readonly timeZone?: string;
}
