import type { TerraformStack } from "cdktf";
import { rideEvent } from "../../contracts/events";
import type { Environment } from "../environment/environment";
import { WorkloadIdentity } from "../identity/workload-identity";
import { Monitoring } from "../monitoring/monitoring";
import { Dataset } from "../warehouse/dataset";
import { EventTable } from "./pubsub-event-table";
import { PubSubEvents } from "./pubsub-events";
import { PubSubWatch } from "./pubsub-watch";

export function example(stack: TerraformStack, environment: Environment): void {
  const producer = new WorkloadIdentity(stack, "kafka", { environment, workload: "kafka", description: "Sends and aggregates rides." });
  const events = new PubSubEvents(stack, "events", { environment, event: rideEvent, retentionDays: 3, maxDeliveryAttempts: 10 });
  events.grantPublish(producer);

  const dataset = new Dataset(stack, "stream", { environment, datasetId: "trips_stream", description: "Rides as they happen." });
  const onceWhere = "event_type = 'ride'";
  const table = new EventTable(stack, "table", { environment, dataset, event: rideEvent, partition: "HOUR", onceWhere, destroyRows: true });
  const toBigQuery = events.writeTo(table);

  const aggregation = events.subscribe("aggregation");
  aggregation.grantConsume(producer);
  events.deadLetters.grantConsume({ id: "data-team", member: "group:data@example.com" });

  const monitoring = new Monitoring(stack, "monitoring", { environment });
  new PubSubWatch(monitoring, "pubsub", { events, toBigQuery, maxWaitMinutes: 15 });
}
