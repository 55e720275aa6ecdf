import { PubsubTopic } from "@cdktf/provider-google/lib/pubsub-topic";
import { PubsubTopicIamMember } from "@cdktf/provider-google/lib/pubsub-topic-iam-member";
import { StorageNotification } from "@cdktf/provider-google/lib/storage-notification";
import { Construct } from "constructs";
import type { Grantee } from "../identity/grantee";
import { serviceAgent } from "../project/service-agents";
import type { NewObjectNotificationProps } from "./new-object-notification-props";

/**
 * Tells a Pub/Sub topic of every object that is written to a bucket, new or replaced: what a pipeline starts from without asking all the time.
 *
 * A message is lost unless a subscription exists when it is sent, may come twice, and in any order. Needs `pubsub.googleapis.com`.
 *
 * ### Cost
 * 40 USD per TiB of messages, the first 10 GiB a month free (2026-07): cents, at under 2 KiB an object.
 *
 * @see https://cloud.google.com/storage/docs/pubsub-notifications
 */
export class NewObjectNotification extends Construct {
  /** Where the messages go: one per object, its metadata as JSON. */
  public readonly topic: PubsubTopic;

  /** Lets Cloud Storage publish. */
  public readonly publisher: PubsubTopicIamMember;

  /** What Cloud Storage was told to tell. */
  public readonly notification: StorageNotification;

  constructor(scope: Construct, id: string, props: NewObjectNotificationProps) {
    super(scope, id);
    const { environment, bucket, zone, encryptionKey, prefix, name = "new-objects" } = props;
    this.topic = new PubsubTopic(this, "topic", {
      name: `trips-lake-${zone}-${name}`,
      messageStoragePolicy: { allowedPersistenceRegions: [environment.location] },
      kmsKeyName: encryptionKey?.name,
      labels: { ...environment.labels, zone },
      dependsOn: encryptionKey && [encryptionKey.grantService("pubsub")],
    });
    this.publisher = new PubsubTopicIamMember(this, "publisher", {
      topic: this.topic.name,
      role: "roles/pubsub.publisher",
      member: serviceAgent(environment, "storage"),
    });
    this.notification = new StorageNotification(this, "notification", {
      bucket: bucket.bucket.name,
      topic: this.topic.id,
      payloadFormat: "JSON_API_V1",
      eventTypes: ["OBJECT_FINALIZE"],
      objectNamePrefix: prefix,
      // Cloud Storage refuses a topic to which it can't publish.
      dependsOn: [this.publisher],
    });
  }

  /** Lets the grantee attach subscriptions to the topic and read what they receive. */
  public grantSubscribe(grantee: Grantee): PubsubTopicIamMember {
    return new PubsubTopicIamMember(this, `${grantee.id}-subscribe`, {
      topic: this.topic.name,
      role: "roles/pubsub.subscriber",
      member: grantee.member,
    });
  }
}
