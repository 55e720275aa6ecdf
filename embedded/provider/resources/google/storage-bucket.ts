import * as fs from "node:fs";
import * as path from "node:path";
import { UNKNOWN, textOf } from "../../protocol/value";
import type { Cloud } from "../cloud";
import type { ResourceRules } from "../rules";
import { planLabels } from "./labels";

const NAME = /^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/;
const SEVEN_DAYS_IN_SECONDS = 604_800;

export const storageBucket: ResourceRules = {
  type: "google_storage_bucket",
  schemaVersion: 3,
  replacedBy: [
    "name",
    "project",
    "location",
    "enable_object_retention",
    "custom_placement_config.data_locations",
    "hierarchical_namespace",
    "hierarchical_namespace.enabled",
  ],
  filledByCloud: [
    "project",
    "rpo",
    "public_access_prevention",
    "uniform_bucket_level_access",
    "soft_delete_policy",
    "versioning",
    "website",
    "autoclass.terminal_storage_class",
    "logging.log_object_prefix",
    "lifecycle_rule.condition.with_state",
  ],
  defaults: {
    force_destroy: false,
    storage_class: "STANDARD",
    "retention_policy.is_locked": false,
    "soft_delete_policy.retention_duration_seconds": SEVEN_DAYS_IN_SECONDS,
  },
  changedByUpdate: ["updated"],
  normalized: { location: (text) => text.toUpperCase() },
  id: (bucket) => textOf(bucket, "name"),
  filledIn: (bucket, cloud) => {
    const now = new Date(cloud.now()).toISOString();
    return {
      project: cloud.project,
      project_number: Number(cloud.projectNumber),
      self_link: `https://www.googleapis.com/storage/v1/b/${textOf(bucket, "name")}`,
      url: `gs://${textOf(bucket, "name")}`,
      public_access_prevention: "inherited",
      soft_delete_policy: [{ effective_time: now, retention_duration_seconds: SEVEN_DAYS_IN_SECONDS }],
      "soft_delete_policy.effective_time": now,
      time_created: now,
      updated: now,
    };
  },
  plan: (change, cloud) => {
    planLabels(change, cloud);
    // Unlike other resources a bucket learns the provider's project only when it is made.
    if (change.config.project === null && change.prior === null) change.planned.project = UNKNOWN;
  },
  validate: (config) => {
    const name = textOf(config, "name");
    return name === "" || NAME.test(name)
      ? []
      : [
          {
            attribute: "name",
            message: `"${name}" must be 3 to 63 (with dots: 222) of a-z, 0-9, dots, dashes and underscores, and begin and end with a letter or number.`,
          },
        ];
  },
  refuseDestroy: (bucket, cloud) => {
    if (bucket.force_destroy === true) return undefined;
    const name = textOf(bucket, "name");
    const [object] = objectsIn(name, cloud);
    return object === undefined
      ? undefined
      : `The bucket ${name} holds objects (${object} for one): delete them, or set force_destroy = true and apply, before it is destroyed.`;
  },
  destroyed: (bucket, cloud) => {
    const name = textOf(bucket, "name");
    for (const object of cloud.catalog.list("google_storage_bucket_object")) {
      if (object.bucket === name) cloud.catalog.delete("google_storage_bucket_object", object.id);
    }
    fs.rmSync(cloud.bucketFolder(name), { recursive: true, force: true });
  },
};

/** Names of objects in a bucket: those that Terraform made and those that pipelines wrote into the lake. */
function objectsIn(bucket: string, cloud: Cloud): string[] {
  const made = cloud.catalog.list("google_storage_bucket_object").filter((object) => object.bucket === bucket);
  const folder = cloud.bucketFolder(bucket);
  const written = fs.existsSync(folder) ? fs.readdirSync(folder, { recursive: true, withFileTypes: true }) : [];
  const files = written.filter((entry) => !entry.isDirectory());
  return [...made.map(({ name }) => name), ...files.map((file) => path.relative(folder, path.join(file.parentPath, file.name)))];
}
