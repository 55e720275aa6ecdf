import type { Construct } from "constructs";
import type { Configuration } from "../../config/configuration";
import type { Environment } from "../../constructs/environment/environment";
import type { GrantPropagation } from "../../constructs/identity/grant-propagation";
import type { Monitoring } from "../../constructs/monitoring/monitoring";
import type { EncryptionKey } from "../../constructs/security/encryption-key";
import { EventTable } from "../../constructs/streaming/pubsub-event-table";
import { PubSubEvents } from "../../constructs/streaming/pubsub-events";
import { PubSubWatch } from "../../constructs/streaming/pubsub-watch";
import { Dataset } from "../../constructs/warehouse/dataset";
import { rideEvent } from "../../contracts/events";
import type { Workloads } from "./workloads";

/** Ride events by Pub/Sub, and where they arrive. */
export interface PubSubStreaming {
  readonly events: PubSubEvents;
  readonly dataset: Dataset;
  readonly table: EventTable;
}

/** What other parts give to {@link composePubSub}. */
export interface PubSubParts {
  readonly workloads: Workloads;

  /** Waits until producer and consumers may do their work. */
  readonly grants: GrantPropagation;
  readonly monitoring?: Monitoring;
  readonly encryptionKey?: EncryptionKey;
}

/** Ride events by Pub/Sub as configured: into BigQuery, and to whoever has a subscription. */
export function composePubSub(
  scope: Construct,
  environment: Environment,
  { streaming: { pubsub } }: Configuration,
  { workloads: { kafka: streamer, transform }, grants, monitoring, encryptionKey }: PubSubParts,
): PubSubStreaming {
  const { retentionDays, maxDeliveryAttempts, subscriptions, partition, expirationDays, maxWaitMinutes } = pubsub;
  const events = new PubSubEvents(scope, "ride-events", {
    environment,
    event: rideEvent,
    retentionDays,
    maxDeliveryAttempts,
    encryptionKey,
  });
  const dataset = new Dataset(scope, "stream-dataset", {
    environment,
    datasetId: "trips_stream",
    description: "Rides as they happen. Written by Pub/Sub.",
    encryptionKey,
    destroyTables: true,
  });
  const table = new EventTable(scope, "ride-events-table", {
    environment,
    dataset,
    event: rideEvent,
    partition,
    onceWhere: "event_type = 'ride'",
    expirationDays,
    destroyRows: true,
  });
  const toBigQuery = events.writeTo(table);
  const consumers = subscriptions.map((name) => events.subscribe(name).grantConsume(streamer));
  grants.waitFor(events.grantPublish(streamer), dataset.grantRead(transform), ...consumers);
  if (monitoring) new PubSubWatch(monitoring, "pubsub", { events, toBigQuery, maxWaitMinutes });
  return { events, dataset, table };
}
