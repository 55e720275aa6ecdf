import { keepers } from "./keepers";
import type { Attributes, Plan, ResourceChange } from "./plan";
import { weakenings } from "./weakenings";

/** `stop`: data would be lost, and a key is missing. `warn`: allowed, but worth a second look. */
export type Severity = "stop" | "warn";

/** One thing that the guard has to say of a plan. */
export interface Verdict {
  readonly severity: Severity;
  readonly address: string;

  /** `delete`, `replace` or `update`. */
  readonly action: "delete" | "replace" | "update";

  /** What would happen. */
  readonly what: string;

  /** What to do about it; empty where nothing need be done. */
  readonly mend: string;
}

/** Who allows the loss of data. */
export interface Keys {
  /** Name of the environment, for messages. */
  readonly environment: string;

  /** First key: `allowsDataDeletion` of the environment. */
  readonly allowsDataDeletion: boolean;

  /** Second key for what has no attribute of its own that gives it: addresses that a person named. */
  readonly allowedLosses: ReadonlySet<string>;
}

/** What a plan would do to data, the worst first. */
export function judge(plan: Plan, keys: Keys): Verdict[] {
  const verdicts = (plan.resource_changes ?? []).flatMap((change) => judgeChange(change, keys));
  return verdicts.sort((one, other) => Number(one.severity === "warn") - Number(other.severity === "warn"));
}

function judgeChange(resource: ResourceChange, keys: Keys): Verdict[] {
  const { actions, before, after } = resource.change;
  if (!before) return [];
  if (actions.includes("delete")) return judgeLoss(resource, before, actions.includes("create") ? "replace" : "delete", keys);
  if (actions.includes("forget")) return [forgotten(resource)];
  if (!actions.includes("update") || !after || keepers[resource.type]?.holdsNothing?.(before)) return [];
  return weakenings(resource.type, before, after).map(({ loss, what }) => {
    const missing = loss ? missingKeys(resource, before, keys) : [];
    return { ...verdict(resource, "update", missing), what: `The update ${what}.` };
  });
}

function judgeLoss(resource: ResourceChange, before: Attributes, action: "delete" | "replace", keys: Keys): Verdict[] {
  const keeper = keepers[resource.type];
  if (!keeper || keeper.holdsNothing?.(before)) return [];
  const forcing = (resource.change.replace_paths ?? []).map((path) => path.join("."));
  const why = action === "replace" && forcing.length > 0 ? ` (because of ${forcing.join(", ")})` : "";
  const what = `It would be ${action === "replace" ? "replaced" : "destroyed"}${why}: ${keeper.loses} would be lost.`;
  return [{ ...verdict(resource, action, missingKeys(resource, before, keys)), what }];
}

const verdict = ({ address }: ResourceChange, action: Verdict["action"], missing: readonly string[]): Omit<Verdict, "what"> => ({
  severity: missing.length > 0 ? "stop" : "warn",
  address,
  action,
  mend: missing.join(" And "),
});

/** What to do, per key that is missing. */
function missingKeys({ address, type }: ResourceChange, before: Attributes, keys: Keys): string[] {
  const key = keepers[type]?.key;
  const bySelf = key ? before[key.attribute] === key.value : keys.allowedLosses.has(address);
  const second = key
    ? `apply ${key.attribute} = ${String(key.value)} to the resource first (its construct's own key), in a deploy of its own.`
    : `name it on the command line: --allow-loss ${address}`;
  return [
    ...(keys.allowsDataDeletion ? [] : [`set allowsDataDeletion: true in config/${keys.environment}.yaml.`]),
    ...(bySelf ? [] : [second]),
  ];
}

const forgotten = ({ address }: ResourceChange): Verdict => ({
  severity: "warn",
  address,
  action: "delete",
  what: "It would be forgotten: it stays in the cloud, and nothing watches over it any more.",
  mend: "",
});
