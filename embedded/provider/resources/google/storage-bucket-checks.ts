import { blocksOf, textOf, type ValueObject } from "../../protocol/value";
import type { Complaint } from "../rules";

const NAME = /^[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$/;
const REGION = /^[a-z]+-[a-z]+\d+$/;
const SECONDS_PER_DAY = 86_400;
const MOST_SECONDS = 2 ** 31 - 1;

/** What Cloud Storage, or the provider before it, would refuse of a bucket's configuration. */
export function bucketComplaints(config: ValueObject): Complaint[] {
  return [
    ...nameComplaints(config),
    ...autoclassComplaints(config),
    ...retentionComplaints(config),
    ...softDeleteComplaints(config),
    ...keyComplaints(config),
  ];
}

function nameComplaints(config: ValueObject): Complaint[] {
  const name = textOf(config, "name");
  if (name === "" || NAME.test(name)) return [];
  const message = `"${name}" must be 3 to 63 (with dots: 222) of a-z, 0-9, dots, dashes and underscores, and begin and end with a letter or number.`;
  return [{ attribute: "name", message }];
}

function autoclassComplaints(config: ValueObject): Complaint[] {
  const [autoclass] = blocksOf(config, "autoclass");
  if (autoclass?.enabled !== true) return [];
  const terminal = textOf(autoclass, "terminal_storage_class");
  const actions = blocksOf(config, "lifecycle_rule").flatMap((rule) => blocksOf(rule, "action"));
  const classes = textOf(config, "storage_class");
  return [
    ...(["", "NEARLINE", "ARCHIVE"].includes(terminal)
      ? []
      : [`its terminal_storage_class must be NEARLINE or ARCHIVE, not "${terminal}".`]),
    ...(["", "STANDARD"].includes(classes) ? [] : [`the bucket's storage_class must be STANDARD, not "${classes}".`]),
    ...(actions.some(({ type }) => type === "SetStorageClass")
      ? ["it chooses classes itself: leave out lifecycle rules with SetStorageClass."]
      : []),
  ].map((message) => ({ attribute: "autoclass", message: `With autoclass, ${message}` }));
}

function retentionComplaints(config: ValueObject): Complaint[] {
  const [policy] = blocksOf(config, "retention_policy");
  if (!policy) return [];
  const period = policy.retention_period;
  const [versioning] = blocksOf(config, "versioning");
  return [
    ...(typeof period !== "number" || (period >= 1 && period <= MOST_SECONDS)
      ? []
      : [`expected retention_period to be in the range (1 - ${String(MOST_SECONDS)}), not ${String(period)} seconds.`]),
    ...(versioning?.enabled === true ? ["Retention and versioning exclude each other: switch one of them off."] : []),
  ].map((message) => ({ attribute: "retention_policy", message }));
}

function softDeleteComplaints(config: ValueObject): Complaint[] {
  const seconds = blocksOf(config, "soft_delete_policy")[0]?.retention_duration_seconds;
  if (typeof seconds !== "number" || seconds === 0 || (seconds >= 7 * SECONDS_PER_DAY && seconds <= 90 * SECONDS_PER_DAY)) return [];
  return [
    {
      attribute: "soft_delete_policy",
      message: `Deleted objects are kept 7 to 90 days, or 0 to forget them, not ${String(seconds)} seconds.`,
    },
  ];
}

function keyComplaints(config: ValueObject): Complaint[] {
  const key = textOf(blocksOf(config, "encryption")[0] ?? {}, "default_kms_key_name");
  const keyLocation = /\/locations\/([^/]+)\//.exec(key)?.[1] ?? "";
  const location = textOf(config, "location").toLowerCase();
  if (!REGION.test(keyLocation) || !REGION.test(location) || keyLocation === location) return [];
  return [{ attribute: "encryption", message: `The key lies in ${keyLocation}, the bucket in ${location}: they must share a location.` }];
}
