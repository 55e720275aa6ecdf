import * as fs from "node:fs";
import * as path from "node:path";
import { UNKNOWN, blocksOf, textOf, type ValueObject } from "../../protocol/value";
import type { Cloud } from "../cloud";
import type { ResourceRules } from "../rules";
import { planLabels } from "./labels";
import { bucketComplaints } from "./storage-bucket-checks";

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
      "autoclass.terminal_storage_class": "NEARLINE",
      "logging.log_object_prefix": textOf(bucket, "name"),
      time_created: now,
      updated: now,
    };
  },
  plan: (change, cloud) => {
    planLabels(change, cloud);
    // Unlike other resources a bucket learns the provider's project only when it is made.
    if (change.config.project === null && change.prior === null) change.planned.project = UNKNOWN;
    // Switched off means the same as not there.
    if (change.prior && !hasAutoclass(change.prior) && !hasAutoclass(change.planned))
      change.planned.autoclass = change.prior.autoclass ?? [];
  },
  // A locked policy can't be unlocked: the bucket would have to be made anew.
  alsoReplacedBy: (prior, planned) => (isLocked(prior) && !isLocked(planned) ? ["retention_policy"] : []),
  validate: bucketComplaints,
  refuseDestroy: (bucket, cloud) => {
    const name = textOf(bucket, "name");
    const objects = objectsIn(name, cloud);
    const [object] = objects;
    if (object === undefined) return undefined;
    const seconds = blocksOf(bucket, "retention_policy")[0]?.retention_period;
    const retained = typeof seconds === "number" ? objects.find(({ madeAt }) => cloud.now() - madeAt < seconds * 1000) : undefined;
    if (retained) {
      return `The bucket ${name} holds objects (${retained.name} for one) that have not met the retention period of ${String(seconds)} seconds: ${isLocked(bucket) ? "wait" : "take retention_policy away and apply"}, before it is destroyed.`;
    }
    return bucket.force_destroy === true
      ? undefined
      : `The bucket ${name} holds objects (${object.name} for one): delete them, or set force_destroy = true and apply, before it is destroyed.`;
  },
  destroyed: (bucket, cloud) => {
    const name = textOf(bucket, "name");
    for (const object of cloud.catalog.list("google_storage_bucket_object")) {
      if (object.bucket === name) cloud.catalog.delete("google_storage_bucket_object", object.id);
    }
    fs.rmSync(cloud.bucketFolder(name), { recursive: true, force: true });
  },
};

const isLocked = (bucket: ValueObject): boolean => blocksOf(bucket, "retention_policy")[0]?.is_locked === true;

const hasAutoclass = (bucket: ValueObject): boolean => blocksOf(bucket, "autoclass")[0]?.enabled === true;

interface StoredObject {
  readonly name: string;

  /** Milliseconds since 1970. */
  readonly madeAt: number;
}

/** Objects in a bucket: those that Terraform made and those that pipelines wrote into the lake. */
function objectsIn(bucket: string, cloud: Cloud): StoredObject[] {
  const made = cloud.catalog.list("google_storage_bucket_object").filter((object) => object.bucket === bucket);
  const folder = cloud.bucketFolder(bucket);
  const written = fs.existsSync(folder) ? fs.readdirSync(folder, { recursive: true, withFileTypes: true }) : [];
  const files = written.filter((entry) => !entry.isDirectory()).map((entry) => path.join(entry.parentPath, entry.name));
  return [
    ...made.map(({ name, generation }) => ({ name, madeAt: generation })),
    ...files.map((file) => ({ name: path.relative(folder, file), madeAt: fs.statSync(file).mtimeMs })),
  ];
}
