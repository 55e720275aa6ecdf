import { PubsubSubscription } from "@cdktf/provider-google/lib/pubsub-subscription";
import { PubsubTopic } from "@cdktf/provider-google/lib/pubsub-topic";
import { PubsubTopicIamMember } from "@cdktf/provider-google/lib/pubsub-topic-iam-member";
import { Construct } from "constructs";
import { serviceAgent } from "../project/service-agents";
import type { SecretRemindersProps } from "./secret-reminders-props";

const SEVEN_DAYS = "604800s";

/**
 * Where Secret Manager says that a secret is due for a new version: a topic, and a subscription that keeps the message for a week.
 *
 * ### Cost
 * None at this size: the first 10 GiB of messages a month are free.
 *
 * @see https://cloud.google.com/secret-manager/docs/secret-rotation
 */
export class SecretReminders extends Construct {
  /** Gets the messages. */
  public readonly topic: PubsubTopic;

  /** Keeps the messages until somebody takes them. */
  public readonly subscription: PubsubSubscription;

  /** Lets Secret Manager publish; a secret that names the topic is refused before. */
  public readonly publisher: PubsubTopicIamMember;

  /** `projects/…/topics/…`; known before the topic exists, and whoever reads it waits for the topic. */
  public readonly topicName: string;

  constructor(scope: Construct, id: string, { environment, encryptionKey }: SecretRemindersProps) {
    super(scope, id);
    const { projectId: project, location, labels } = environment;
    this.topic = new PubsubTopic(this, "topic", {
      project,
      name: "trips-secret-reminders",
      messageStoragePolicy: { allowedPersistenceRegions: [location] },
      kmsKeyName: encryptionKey?.name,
      labels: { ...labels },
      dependsOn: encryptionKey && [encryptionKey.grantService("pubsub")],
    });
    this.topicName = `projects/${project}/topics/${this.topic.name}`;
    this.subscription = new PubsubSubscription(this, "subscription", {
      project,
      name: "trips-secret-reminders",
      topic: this.topicName,
      messageRetentionDuration: SEVEN_DAYS,
      // Else Google deletes a subscription that nobody has used for 31 days.
      expirationPolicy: { ttl: "" },
      labels: { ...labels },
    });
    this.publisher = new PubsubTopicIamMember(this, "publisher", {
      project,
      topic: this.topic.name,
      role: "roles/pubsub.publisher",
      member: serviceAgent(environment, "secretmanager"),
    });
  }
}
