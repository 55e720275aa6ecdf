import { instant, string } from "../model/column";
import type { NamedColumn } from "../model/table";

/**
 * Columns that a BigQuery subscription writes beside an event's own, with `write_metadata`.
 *
 * @see https://cloud.google.com/pubsub/docs/bigquery#write_metadata
 */
export const messageColumns: readonly NamedColumn[] = [
  { name: "subscription_name", ...string({ description: "Subscription that wrote the row." }) },
  { name: "message_id", ...string({ description: "Pub/Sub's id of the message: another one where the event was published again." }) },
  { name: "publish_time", ...instant({ description: "When Pub/Sub got the message." }) },
  { name: "attributes", ...string({ description: "The message's attributes and ordering key, as JSON." }) },
];
