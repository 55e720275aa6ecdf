import type { BigQuerySubscription } from "./pubsub-bigquery-subscription";
import type { PubSubEvents } from "./pubsub-events";

/** What a {@link PubSubWatch} needs to know. */
export interface PubSubWatchProps {
  /** Whose dead letters are watched. */
  readonly events: PubSubEvents;

  /** What must not fall behind. */
  readonly toBigQuery: BigQuerySubscription;

  /**
   * Minutes that the oldest event may wait to be written before somebody is told.
   *
   * @default 10
   */
  readonly maxWaitMinutes?: number;
}
