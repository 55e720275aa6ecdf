import type { EventTable } from "./pubsub-event-table";
import type { PubSubEvents } from "./pubsub-events";

/** What a {@link BigQuerySubscription} needs to know. */
export interface BigQuerySubscriptionProps {
  /** What is written. */
  readonly events: PubSubEvents;

  /** Where it is written to. */
  readonly table: EventTable;

  /**
   * Seconds until Pub/Sub's right to write is in force; the variable PROPAGATION_SECONDS of the machine that deploys goes before it.
   *
   * @default 120
   */
  readonly propagationSeconds?: number;
}
