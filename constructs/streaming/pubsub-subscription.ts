import { PubsubSubscription } from "@cdktf/provider-google/lib/pubsub-subscription";
import { PubsubSubscriptionIamMember } from "@cdktf/provider-google/lib/pubsub-subscription-iam-member";
import { Construct } from "constructs";
import type { Grantee } from "../identity/grantee";
import { delivery } from "./pubsub-delivery";
import type { EventSubscriptionProps } from "./pubsub-subscription-props";

/**
 * A subscription from which one group of consumers takes events: those of one key in order, each once while it is acknowledged in time.
 *
 * The first event that can't be handled holds back all later ones of its key, until it is put aside.
 *
 * ### Cost
 * 40 USD per TiB delivered, see {@link PubSubEvents}.
 *
 * @see https://cloud.google.com/pubsub/docs/exactly-once-delivery
 */
export class EventSubscription extends Construct {
  public readonly subscription: PubsubSubscription;

  /** Lets Pub/Sub's account put aside what can't be delivered. */
  public readonly deadLetterGrant: PubsubSubscriptionIamMember;

  private readonly projectId: string;

  constructor(scope: Construct, id: string, { events, name }: EventSubscriptionProps) {
    super(scope, id);
    this.projectId = events.environment.projectId;
    this.subscription = new PubsubSubscription(this, "subscription", {
      name,
      ...delivery(events),
      enableExactlyOnceDelivery: true,
    });
    this.deadLetterGrant = events.deadLetters.takeFrom(this, this.subscription);
  }

  /** Lets the grantee take events. */
  public grantConsume({ id, member }: Grantee): PubsubSubscriptionIamMember {
    return new PubsubSubscriptionIamMember(this, `${id}-consume`, {
      project: this.projectId,
      subscription: this.subscription.name,
      role: "roles/pubsub.subscriber",
      member,
    });
  }
}
