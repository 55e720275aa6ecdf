import type { PubSubEvents } from "./pubsub-events";

/** What an {@link EventSubscription} needs to know. */
export interface EventSubscriptionProps {
  /** What is taken. */
  readonly events: PubSubEvents;

  /** Name of the subscription. */
  readonly name: string;
}
