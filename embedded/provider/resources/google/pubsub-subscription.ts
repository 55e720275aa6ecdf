import { blocksOf, textOf, type ValueObject } from "../../protocol/value";
import type { Complaint, ResourceRules } from "../rules";
import { iamMember } from "./iam-member";
import { planLabels } from "./labels";
import { mustMatch } from "./must-match";
import { planProject, projectOf } from "./project";
import { topicPath } from "./pubsub-topic";

const NAME = /^(?!goog)[A-Za-z][A-Za-z0-9._~%+-]{2,254}$/;
const TABLE = /^[^.]+\.[A-Za-z0-9_]+\.[^.]+$/;
const TEN_MINUTES = 600;
const A_MONTH = 2_678_400;

/** https://github.com/hashicorp/terraform-provider-google/blob/v6.50.0/google/services/pubsub/resource_pubsub_subscription.go */
const subscription: ResourceRules = {
  type: "google_pubsub_subscription",
  replacedBy: ["name", "topic", "enable_message_ordering", "filter", "project"],
  filledByCloud: ["ack_deadline_seconds", "expiration_policy", "retry_policy.maximum_backoff", "retry_policy.minimum_backoff", "project"],
  defaults: {
    message_retention_duration: "604800s",
    "cloud_storage_config.max_duration": "300s",
    "message_transforms.disabled": false,
  },
  id: (subscription, cloud) => `projects/${projectOf(subscription, cloud)}/subscriptions/${textOf(subscription, "name")}`,
  filledIn: (_subscription, cloud) => ({
    project: cloud.project,
    ack_deadline_seconds: 10,
    expiration_policy: [{ ttl: "2678400s" }],
    "retry_policy.minimum_backoff": "10s",
    "retry_policy.maximum_backoff": "600s",
  }),
  plan: (change, cloud) => {
    planProject(change, cloud);
    planLabels(change, cloud);
    const { planned } = change;
    // The state has the path, whichever form was configured: so the two mean the same.
    if (typeof planned.topic === "string") planned.topic = topicPath(planned.topic, projectOf(planned, cloud));
  },
  validate: (config) => [
    ...mustMatch(config, "name", NAME, "3 to 255 letters, digits and -._~%+, beginning with a letter, but not with goog"),
    ...oneDestination(config),
    ...retention(config),
    ...deadLetters(config),
    ...bigQuery(config),
  ],
};

const subscriptionIamMember: ResourceRules = {
  ...iamMember("google_pubsub_subscription_iam_member", ["subscription", "project"], (grant, cloud) =>
    subscriptionPath(textOf(grant, "subscription"), projectOf(grant, cloud)),
  ),
  filledByCloud: ["project"],
  sameMeaning: { subscription: (prior, planned) => shortName(prior) === shortName(planned) },
  plan: planProject,
};

export const pubsubSubscriptions: readonly ResourceRules[] = [subscription, subscriptionIamMember];

const shortName = (name: string): string => name.replace(/^.*\//, "");

const subscriptionPath = (name: string, project: string): string =>
  name.includes("/") ? name : `projects/${project}/subscriptions/${name}`;

function oneDestination(config: ValueObject): Complaint[] {
  const destinations = ["push_config", "bigquery_config", "cloud_storage_config"].filter((name) => blocksOf(config, name).length > 0);
  return destinations.length < 2
    ? []
    : [{ attribute: destinations[1] ?? "", message: `"${destinations.join('" and "')}" can't be set together: messages go to one place.` }];
}

function retention({ message_retention_duration: duration }: ValueObject): Complaint[] {
  if (typeof duration !== "string") return [];
  const seconds = /^(\d+(?:\.\d+)?)s$/.exec(duration)?.[1];
  return seconds !== undefined && Number(seconds) >= TEN_MINUTES && Number(seconds) <= A_MONTH
    ? []
    : [{ attribute: "message_retention_duration", message: `"${duration}" must be from 600s to 2678400s (31 days).` }];
}

function deadLetters(config: ValueObject): Complaint[] {
  const [policy] = blocksOf(config, "dead_letter_policy");
  const attempts = policy?.max_delivery_attempts;
  return typeof attempts === "number" && (attempts < 5 || attempts > 100)
    ? [{ attribute: "dead_letter_policy", message: `max_delivery_attempts of ${String(attempts)} must be from 5 to 100.` }]
    : [];
}

function bigQuery(config: ValueObject): Complaint[] {
  const [sink] = blocksOf(config, "bigquery_config");
  if (sink === undefined) return [];
  const complain = (message: string): Complaint[] => [{ attribute: "bigquery_config", message }];
  if (typeof sink.table === "string" && !TABLE.test(sink.table)) return complain(`"${sink.table}" must be <project>.<dataset>.<table>.`);
  return sink.use_topic_schema === true && sink.use_table_schema === true
    ? complain("use_topic_schema and use_table_schema can't be set together: the columns are one's or the other's.")
    : [];
}
