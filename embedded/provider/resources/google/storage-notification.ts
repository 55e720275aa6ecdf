import { canonicalText, textOf, type ValueObject } from "../../protocol/value";
import { inventedDigits, type Cloud } from "../cloud";
import type { Complaint, ResourceRules } from "../rules";
import { topicPath } from "./pubsub-topic";

const EVENTS = ["OBJECT_FINALIZE", "OBJECT_METADATA_UPDATE", "OBJECT_DELETE", "OBJECT_ARCHIVE"];
const PAYLOADS = ["JSON_API_V1", "NONE"];

export const storageNotification: ResourceRules = {
  type: "google_storage_notification",
  replacedBy: ["bucket", "payload_format", "topic", "custom_attributes", "event_types", "object_name_prefix"],
  id: (notification) => `${textOf(notification, "bucket")}/notificationConfigs/${numberOf(notification)}`,
  filledIn: (notification) => ({
    notification_id: numberOf(notification),
    self_link: `https://www.googleapis.com/storage/v1/b/${textOf(notification, "bucket")}/notificationConfigs/${numberOf(notification)}`,
  }),
  // Cloud Storage gives the topic's full name back, whichever form was sent.
  plan: ({ planned }, cloud: Cloud) => {
    if (typeof planned.topic === "string") planned.topic = `//pubsub.googleapis.com/${topicPath(planned.topic, cloud.project)}`;
  },
  validate: (config) => [...payloadComplaints(config), ...eventComplaints(config)],
};

/** Google counts within a bucket; here the number follows from what is told to whom, so that a repeated creation finds its own. */
function numberOf(notification: ValueObject): string {
  const told = ["bucket", "topic", "payload_format", "event_types", "object_name_prefix", "custom_attributes"];
  return inventedDigits(canonicalText(Object.fromEntries(told.map((name) => [name, notification[name] ?? null]))), 6);
}

function payloadComplaints(config: ValueObject): Complaint[] {
  const format = textOf(config, "payload_format");
  return format === "" || PAYLOADS.includes(format)
    ? []
    : [{ attribute: "payload_format", message: `"${format}" must be one of ${PAYLOADS.join(", ")}.` }];
}

function eventComplaints(config: ValueObject): Complaint[] {
  const events = Array.isArray(config.event_types) ? config.event_types : [];
  return events
    .filter((event) => typeof event === "string" && !EVENTS.includes(event))
    .map((event) => ({ attribute: "event_types", message: `"${String(event)}" must be one of ${EVENTS.join(", ")}.` }));
}
