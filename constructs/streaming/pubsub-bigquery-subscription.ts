import { PubsubSubscription } from "@cdktf/provider-google/lib/pubsub-subscription";
import type { PubsubSubscriptionIamMember } from "@cdktf/provider-google/lib/pubsub-subscription-iam-member";
import { Construct } from "constructs";
import { PropagationWait } from "../project/propagation-wait";
import { serviceAgent } from "../project/service-agents";
import type { BigQuerySubscriptionProps } from "./pubsub-bigquery-subscription-props";
import { delivery } from "./pubsub-delivery";

/**
 * Has Pub/Sub write events to BigQuery by the topic's schema, without a program of ours: every event at least once, so that a reader
 * counts distinct ids (see {@link EventTable.once}). What the table has no column for is dropped, since a new field is in the topic's schema
 * before it is in the table; a value that doesn't fit its column goes to the dead letters.
 *
 * ### Cost
 * 50 USD per TiB written, nothing for BigQuery's part of it.
 *
 * @see https://cloud.google.com/pubsub/docs/bigquery
 */
export class BigQuerySubscription extends Construct {
  public readonly subscription: PubsubSubscription;

  /** Lets Pub/Sub's account put aside what can't be written. */
  public readonly deadLetterGrant: PubsubSubscriptionIamMember;

  constructor(scope: Construct, id: string, { events, table, propagationSeconds = 120 }: BigQuerySubscriptionProps) {
    super(scope, id);
    const { environment, name } = events;
    const writer = table.grantWrite({ id: "pubsub", member: serviceAgent(environment, "pubsub") });
    // Pub/Sub looks whether it may write when the subscription is made, and refuses it if not.
    const ready = new PropagationWait(this, "ready", { seconds: propagationSeconds, triggers: { writer: writer.id } });
    const { dependsOn, ...shared } = delivery(events);
    this.subscription = new PubsubSubscription(this, "subscription", {
      name: `${name}-to-bigquery`,
      ...shared,
      bigqueryConfig: {
        table: `${environment.projectId}.${table.table.datasetId}.${table.table.tableId}`,
        useTopicSchema: true,
        writeMetadata: true,
        dropUnknownFields: true,
      },
      dependsOn: [...dependsOn, ready],
    });
    this.deadLetterGrant = events.deadLetters.takeFrom(this, this.subscription);
  }
}
