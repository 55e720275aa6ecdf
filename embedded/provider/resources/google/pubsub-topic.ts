import { blocksOf, textOf, type ValueObject } from "../../protocol/value";
import type { Cloud } from "../cloud";
import type { Complaint, PlannedChange, ResourceRules } from "../rules";
import { iamMember } from "./iam-member";
import { planLabels } from "./labels";
import { mustMatch } from "./must-match";
import { planProject, projectOf } from "./project";

const NAME = /^(?!goog)[A-Za-z][A-Za-z0-9._~%+-]{2,254}$/;
const KEY = /^projects\/[^/]+\/locations\/[^/]+\/keyRings\/[^/]+\/cryptoKeys\/[^/]+$/;
const SECONDS = /^\d+(\.\d+)?s$/;

const topic: ResourceRules = {
  type: "google_pubsub_topic",
  replacedBy: ["name", "project"],
  filledByCloud: ["project", "message_storage_policy"],
  defaults: {
    "schema_settings.encoding": "ENCODING_UNSPECIFIED",
    "message_transforms.disabled": false,
    "ingestion_data_source_settings.cloud_storage.text_format.delimiter": "\n",
    "ingestion_data_source_settings.platform_logs_settings.severity": "SEVERITY_UNSPECIFIED",
  },
  id: (topic, cloud) => topicPath(textOf(topic, "name"), projectOf(topic, cloud)),
  filledIn: (_topic, cloud) => ({ project: cloud.project }),
  plan: (change, cloud) => {
    planProject(change, cloud);
    planLabels(change, cloud);
  },
  validate: (config) => [
    ...mustMatch(config, "name", NAME, "3 to 255 letters, digits and -._~%+, beginning with a letter, but not with goog"),
    ...mustMatch(config, "kms_key_name", KEY, "a key like projects/<id>/locations/<region>/keyRings/<ring>/cryptoKeys/<name>"),
    ...mustMatch(config, "message_retention_duration", SECONDS, "seconds like 86400s"),
    ...noRegions(config),
  ],
};

const topicIamMember: ResourceRules = {
  ...iamMember("google_pubsub_topic_iam_member", ["topic", "project"], (grant, cloud) =>
    topicPath(textOf(grant, "topic"), projectOf(grant, cloud)),
  ),
  filledByCloud: ["project"],
  plan: (change, cloud) => {
    planProject(change, cloud);
    planTopicPath(change, cloud);
  },
};

export const pubsubTopics: readonly ResourceRules[] = [topic, topicIamMember];

/** `projects/…/topics/…` of a short name, a path or the full name that Cloud Storage writes. */
export function topicPath(name: string, project: string): string {
  return name.includes("/") ? name.replace(/^\/\/pubsub\.googleapis\.com\//, "") : `projects/${project}/topics/${name}`;
}

/** Plans a topic's path, whichever form was configured: the state has the path, so that the forms mean the same. */
export function planTopicPath({ planned }: PlannedChange, cloud: Cloud): void {
  if (typeof planned.topic === "string") planned.topic = topicPath(planned.topic, projectOf(planned, cloud));
}

function noRegions(config: ValueObject): Complaint[] {
  const [policy] = blocksOf(config, "message_storage_policy");
  const regions = policy?.allowed_persistence_regions;
  return Array.isArray(regions) && regions.length === 0
    ? [{ attribute: "message_storage_policy", message: "An empty list of allowed_persistence_regions means no region at all: name one." }]
    : [];
}
