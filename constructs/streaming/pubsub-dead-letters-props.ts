import type { PubsubTopic } from "@cdktf/provider-google/lib/pubsub-topic";
import type { Environment } from "../environment/environment";

/** What {@link DeadLetters} need to know. */
export interface DeadLettersProps {
  /** Gives the subscription its labels, and Pub/Sub's account the project's number. */
  readonly environment: Environment;

  /** Name of the subscription. */
  readonly name: string;

  /** Where Pub/Sub puts what it can't deliver. It has no schema: what is put aside may break it. */
  readonly topic: PubsubTopic;
}
