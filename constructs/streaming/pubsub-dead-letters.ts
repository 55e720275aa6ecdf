import { PubsubSubscription } from "@cdktf/provider-google/lib/pubsub-subscription";
import { PubsubSubscriptionIamMember } from "@cdktf/provider-google/lib/pubsub-subscription-iam-member";
import type { PubsubTopic } from "@cdktf/provider-google/lib/pubsub-topic";
import { PubsubTopicIamMember } from "@cdktf/provider-google/lib/pubsub-topic-iam-member";
import { Construct } from "constructs";
import type { Grantee } from "../identity/grantee";
import { serviceAgent } from "../project/service-agents";
import type { DeadLettersProps } from "./pubsub-dead-letters-props";

const A_MONTH = "2678400s";

/**
 * What couldn't be delivered, kept for 31 days until somebody looks at it. Without a subscription it would be lost, and without its two rights
 * Pub/Sub's account would try for ever, without saying so.
 *
 * ### Cost
 * 0.27 USD per GiB and month for what lies here longer than a day.
 *
 * @see https://cloud.google.com/pubsub/docs/dead-letter-topics
 */
export class DeadLetters extends Construct {
  public readonly topic: PubsubTopic;

  /** Keeps them; `gcloud pubsub subscriptions pull` shows them. */
  public readonly subscription: PubsubSubscription;

  /** Lets Pub/Sub's account put messages aside. */
  public readonly publisher: PubsubTopicIamMember;

  private readonly agent: string;
  private readonly projectId: string;

  constructor(scope: Construct, id: string, { environment, name, topic }: DeadLettersProps) {
    super(scope, id);
    this.topic = topic;
    this.projectId = environment.projectId;
    this.agent = serviceAgent(environment, "pubsub");
    this.subscription = new PubsubSubscription(this, "subscription", {
      project: environment.projectId,
      name,
      topic: topic.id,
      messageRetentionDuration: A_MONTH,
      // Else Google deletes a subscription that nobody has used for 31 days.
      expirationPolicy: { ttl: "" },
      labels: { ...environment.labels },
    });
    this.publisher = new PubsubTopicIamMember(this, "publisher", {
      project: environment.projectId,
      topic: topic.name,
      role: "roles/pubsub.publisher",
      member: this.agent,
    });
  }

  /** Lets Pub/Sub's account take from a subscription what it puts aside here. */
  public takeFrom(scope: Construct, subscription: PubsubSubscription): PubsubSubscriptionIamMember {
    return new PubsubSubscriptionIamMember(scope, "dead-letters", {
      project: this.projectId,
      subscription: subscription.name,
      role: "roles/pubsub.subscriber",
      member: this.agent,
    });
  }

  /** Lets the grantee read what was put aside, and acknowledge it. */
  public grantConsume({ id, member }: Grantee): PubsubSubscriptionIamMember {
    return new PubsubSubscriptionIamMember(this, `${id}-consume`, {
      project: this.projectId,
      subscription: this.subscription.name,
      role: "roles/pubsub.subscriber",
      member,
    });
  }
}
