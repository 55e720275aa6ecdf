import { textOf } from "../../protocol/value";
import type { ResourceRules } from "../rules";
import { planLabels } from "./labels";
import { mustMatch } from "./must-match";
import { planProject, projectOf } from "./project";
import { topicPath } from "./pubsub-topic";

const NAME = /^(?!goog)[A-Za-z][A-Za-z0-9._~%+-]{2,254}$/;

/** https://github.com/hashicorp/terraform-provider-google/blob/v6.50.0/google/services/pubsub/resource_pubsub_subscription.go */
export const pubsubSubscription: ResourceRules = {
  type: "google_pubsub_subscription",
  replacedBy: ["name", "topic", "enable_message_ordering", "filter", "project"],
  filledByCloud: ["ack_deadline_seconds", "expiration_policy", "retry_policy.maximum_backoff", "retry_policy.minimum_backoff", "project"],
  defaults: {
    message_retention_duration: "604800s",
    "cloud_storage_config.max_duration": "300s",
    "message_transforms.disabled": false,
  },
  id: (subscription, cloud) => `projects/${projectOf(subscription, cloud)}/subscriptions/${textOf(subscription, "name")}`,
  filledIn: (_subscription, cloud) => ({ project: cloud.project, ack_deadline_seconds: 10, expiration_policy: [{ ttl: "2678400s" }] }),
  plan: (change, cloud) => {
    planProject(change, cloud);
    planLabels(change, cloud);
    const { planned } = change;
    // The state has the path, whichever form was configured: so the two mean the same.
    if (typeof planned.topic === "string") planned.topic = topicPath(planned.topic, projectOf(planned, cloud));
  },
  validate: (config) => mustMatch(config, "name", NAME, "3 to 255 letters, digits and -._~%+, beginning with a letter, but not with goog"),
};
