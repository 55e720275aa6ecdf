import type { PubsubSubscriptionConfig } from "@cdktf/provider-google/lib/pubsub-subscription";
import type { PubSubEvents } from "./pubsub-events";

const SECONDS_PER_DAY = 86_400;

/** What all subscriptions of events have in common: order by key, patience, and where that ends. */
export function delivery({ environment, topic, delivery: { retentionDays, maxDeliveryAttempts }, deadLetters }: PubSubEvents) {
  return {
    project: environment.projectId,
    topic: topic.id,
    enableMessageOrdering: true,
    ackDeadlineSeconds: 60,
    messageRetentionDuration: `${String(retentionDays * SECONDS_PER_DAY)}s`,
    // Else Google deletes a subscription that nobody has used for 31 days.
    expirationPolicy: { ttl: "" },
    retryPolicy: { minimumBackoff: "10s", maximumBackoff: "600s" },
    deadLetterPolicy: { deadLetterTopic: deadLetters.topic.id, maxDeliveryAttempts },
    labels: { ...environment.labels },
    dependsOn: [deadLetters.publisher],
  } satisfies Partial<PubsubSubscriptionConfig>;
}
