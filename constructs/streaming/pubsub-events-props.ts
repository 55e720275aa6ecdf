import type { Event } from "../../contracts/model/event";
import type { Environment } from "../environment/environment";
import type { EncryptionKey } from "../security/encryption-key";

/** What {@link PubSubEvents} need to know. */
export interface PubSubEventsProps {
  /** Gives everything its location and labels, and Pub/Sub's account the project's number. */
  readonly environment: Environment;

  /** What is published: its schema is the topic's, its name completes the topic's. */
  readonly event: Event;

  /**
   * Days for which a message that nobody took is kept, 1 to 31; longer than a day is paid for.
   *
   * @default 7
   */
  readonly retentionDays?: number;

  /**
   * How often a message is delivered before it counts as undeliverable, 5 to 100.
   *
   * @default 5
   */
  readonly maxDeliveryAttempts?: number;

  /**
   * Key that encrypts the messages.
   *
   * @default - Google's own keys
   */
  readonly encryptionKey?: EncryptionKey;
}
