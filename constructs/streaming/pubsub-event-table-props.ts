import type { Event } from "../../contracts/model/event";
import type { Environment } from "../environment/environment";
import type { Dataset } from "../warehouse/dataset";

/** What an {@link EventTable} needs to know. */
export interface EventTableProps {
  /** Gives the table its labels. */
  readonly environment: Environment;

  /** Dataset that holds the table. */
  readonly dataset: Dataset;

  /** Names the table's columns, and those by which it is partitioned and clustered; one of them is `event_id`. */
  readonly event: Event;

  /**
   * Length of a partition by the event's time. BigQuery allows 10,000 partitions: 27 years of days, 13 months of hours.
   *
   * @default "DAY"
   */
  readonly partition?: "DAY" | "HOUR";

  /**
   * Events that the view of each event once shows: a GoogleSQL condition, e.g. `event_type = 'ride'`.
   *
   * @default "true" - all
   */
  readonly onceWhere?: string;

  /**
   * Days after which a partition is deleted, counted from the event's time and not from its arrival: a replay of old events would be
   * deleted at once.
   *
   * @default - partitions stay
   */
  readonly expirationDays?: number;

  /**
   * Second key to deleting data: lets the table be destroyed, where the environment allows it.
   *
   * @default false
   */
  readonly destroyRows?: boolean;
}
