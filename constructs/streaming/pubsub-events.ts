import { PubsubSchema } from "@cdktf/provider-google/lib/pubsub-schema";
import { PubsubTopic } from "@cdktf/provider-google/lib/pubsub-topic";
import { PubsubTopicIamMember } from "@cdktf/provider-google/lib/pubsub-topic-iam-member";
import { Construct } from "constructs";
import { pubSubAvroSchema } from "../../contracts/render/avro";
import type { Environment } from "../environment/environment";
import type { Grantee } from "../identity/grantee";
import type { EncryptionKey } from "../security/encryption-key";
import { BigQuerySubscription } from "./pubsub-bigquery-subscription";
import { DeadLetters } from "./pubsub-dead-letters";
import type { EventTable } from "./pubsub-event-table";
import type { PubSubEventsProps } from "./pubsub-events-props";
import { EventSubscription } from "./pubsub-subscription";

/**
 * A topic of one kind of event: Pub/Sub refuses a message that breaks the event's Avro schema, keeps those of one key in order, and puts
 * aside what can't be delivered. Needs `pubsub.googleapis.com`.
 *
 * Whoever publishes gives the event's key as the ordering key, and asks the endpoint of the environment's region
 * (`<region>-pubsub.googleapis.com`): order is kept within one region only.
 *
 * ### Cost
 * 40 USD per TiB published, and as much per TiB delivered (50 USD into BigQuery), a message counting as 1 KB at least; the first 10 GiB a
 * month are free. A month of yellow trips, 3 million messages, is 3 GB. What isn't taken within a day: 0.27 USD per GiB and month.
 *
 * @see https://cloud.google.com/pubsub/docs/ordering
 * @see https://cloud.google.com/pubsub/pricing
 * @throws Error when days or attempts are out of Pub/Sub's bounds.
 */
export class PubSubEvents extends Construct {
  /** The event's Avro schema; a changed contract becomes a revision of it. */
  public readonly schema: PubsubSchema;

  /** Where events are published. */
  public readonly topic: PubsubTopic;

  /** What could not be delivered to any of the subscriptions. */
  public readonly deadLetters: DeadLetters;

  /** Name of the topic, which subscriptions begin with. */
  public readonly name: string;

  /** Whose events they are. */
  public readonly environment: Environment;

  /** How subscriptions deliver. */
  public readonly delivery: Required<Pick<PubSubEventsProps, "retentionDays" | "maxDeliveryAttempts">>;

  constructor(scope: Construct, id: string, props: PubSubEventsProps) {
    super(scope, id);
    const { environment, event, retentionDays = 7, maxDeliveryAttempts = 5, encryptionKey } = props;
    check("retentionDays", retentionDays, 1, 31);
    check("maxDeliveryAttempts", maxDeliveryAttempts, 5, 100);
    this.environment = environment;
    this.delivery = { retentionDays, maxDeliveryAttempts };
    this.name = `trips-${event.name.replaceAll("_", "-")}s`;
    this.schema = new PubsubSchema(this, "schema", {
      project: environment.projectId,
      name: this.name,
      type: "AVRO",
      definition: JSON.stringify(pubSubAvroSchema(event)),
    });
    this.topic = topic(this, "topic", this.name, environment, encryptionKey, {
      schemaSettings: { schema: this.schema.id, encoding: "BINARY" },
    });
    this.deadLetters = new DeadLetters(this, "dead-letters", {
      environment,
      name: `${this.name}-dead-letters`,
      topic: topic(this, "dead-letter-topic", `${this.name}-dead-letters`, environment, encryptionKey),
    });
  }

  /** Lets the grantee publish. */
  public grantPublish(grantee: Grantee): PubsubTopicIamMember {
    return new PubsubTopicIamMember(this, `${grantee.id}-publish`, {
      project: this.environment.projectId,
      topic: this.topic.name,
      role: "roles/pubsub.publisher",
      member: grantee.member,
    });
  }

  /** Adds a subscription from which one group of consumers takes events, in order by key. */
  public subscribe(name: string): EventSubscription {
    return new EventSubscription(this, `subscription-${name}`, { events: this, name: `${this.name}-${name}` });
  }

  /** Has Pub/Sub write every event to a table of BigQuery: at least once. */
  public writeTo(table: EventTable): BigQuerySubscription {
    return new BigQuerySubscription(this, "to-bigquery", { events: this, table });
  }
}

function topic(
  scope: Construct,
  id: string,
  name: string,
  { projectId: project, location, labels }: Environment,
  encryptionKey: EncryptionKey | undefined,
  more: { schemaSettings?: { schema: string; encoding: string } } = {},
): PubsubTopic {
  return new PubsubTopic(scope, id, {
    project,
    name,
    messageStoragePolicy: { allowedPersistenceRegions: [location] },
    kmsKeyName: encryptionKey?.name,
    labels: { ...labels },
    dependsOn: encryptionKey && [encryptionKey.grantService("pubsub")],
    ...more,
  });
}

function check(what: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new Error(`Pub/Sub: "${what}" must be a whole number from ${String(least)} to ${String(most)}, not ${String(value)}.`);
}
