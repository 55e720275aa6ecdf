import type { Attributes } from "./plan";

/** An update in place after which data is lost (`loss`), or sooner lost than before. */
export interface Weakening {
  readonly loss: boolean;

  /** Completing "The update …". */
  readonly what: string;
}

/** What an update takes from the data of a resource, or from its protection. */
export function weakenings(type: string, before: Attributes, after: Attributes): Weakening[] {
  return (rules[type] ?? []).flatMap((rule) => rule(before, after) ?? []);
}

type Rule = (before: Attributes, after: Attributes) => Weakening | undefined;

const weakened = (what: string): Weakening => ({ loss: false, what });

type Read = (resource: Attributes) => unknown;

/** A number that must not become smaller; texts of digits count as numbers. @param absent what no number means; by default nothing is known then */
const shorter =
  (read: Read, what: string, absent = NaN): Rule =>
  (before, after) => {
    const [old, young] = [Number(read(before) ?? absent), Number(read(after) ?? absent)];
    return young < old ? weakened(`${what} from ${String(old)} to ${String(young)}`) : undefined;
  };

/** A time after which BigQuery deletes, that must not become shorter; none (the provider also says 0) is for ever. */
const expiresSooner =
  (read: Read, what: string, loss: boolean): Rule =>
  (before, after) => {
    const [old, young] = [before, after].map((resource) => Number(read(resource) ?? 0) || Infinity) as [number, number];
    return young < old ? { loss, what: `${what} ${Number.isFinite(old) ? String(old) : "never"} to ${String(young)}` } : undefined;
  };

const turned =
  (read: Read, from: boolean, what: string): Rule =>
  (before, after) =>
    read(before) === from && read(after) === !from ? weakened(what) : undefined;

/** Blocks are lists of one in a plan. */
const inBlock =
  (block: string, attribute: string): Read =>
  (resource) => {
    const blocks = resource[block];
    return Array.isArray(blocks) ? (blocks[0] as Attributes | undefined)?.[attribute] : undefined;
  };

const attribute =
  (name: string): Read =>
  (resource) =>
    resource[name];

const deleteRules = (bucket: Attributes): string[] => {
  const rules = Array.isArray(bucket.lifecycle_rule) ? (bucket.lifecycle_rule as Attributes[]) : [];
  return rules.filter((rule) => inBlock("action", "type")(rule) === "Delete").map((rule) => JSON.stringify(rule.condition));
};

const newDeleteRule: Rule = (before, after) => {
  const old = new Set(deleteRules(before));
  return deleteRules(after).some((rule) => !old.has(rule))
    ? weakened("makes a life-cycle rule delete objects that stayed before")
    : undefined;
};

const columnsOf = (table: Attributes): string[] => {
  const fields: unknown = typeof table.schema === "string" && table.schema !== "" ? JSON.parse(table.schema) : [];
  return Array.isArray(fields) ? fields.map(({ name }: { name: string }) => name) : [];
};

const droppedColumns: Rule = (before, after) => {
  // Where a column's policy tag is yet to be made, so is the schema: Terraform leaves it out of the plan.
  if (after.schema === undefined)
    return columnsOf(before).length === 0
      ? undefined
      : weakened("has a schema that is known only then: its columns can't be judged before the apply");
  const kept = new Set(columnsOf(after).map((name) => name.toLowerCase()));
  const dropped = columnsOf(before).filter((name) => !kept.has(name.toLowerCase()));
  return dropped.length === 0
    ? undefined
    : { loss: true, what: `drops ${dropped.length === 1 ? "the column" : "the columns"} ${dropped.join(", ")}` };
};

const rules: Readonly<Record<string, readonly Rule[]>> = {
  google_storage_bucket: [
    newDeleteRule,
    turned(inBlock("versioning", "enabled"), true, "stops keeping older versions of objects"),
    shorter(inBlock("soft_delete_policy", "retention_duration_seconds"), "shortens soft delete (seconds)"),
    shorter(inBlock("retention_policy", "retention_period"), "shortens retention (seconds)", 0),
    turned(attribute("force_destroy"), false, "lets the bucket be destroyed with its objects"),
  ],
  google_bigquery_dataset: [
    shorter(attribute("max_time_travel_hours"), "shortens time travel (hours)"),
    expiresSooner(attribute("default_table_expiration_ms"), "shortens the life of new tables (milliseconds) from", false),
    expiresSooner(attribute("default_partition_expiration_ms"), "shortens the life of new tables' partitions (milliseconds) from", false),
    turned(attribute("delete_contents_on_destroy"), false, "lets the dataset be destroyed with its tables"),
  ],
  google_bigquery_table: [
    droppedColumns,
    expiresSooner(inBlock("time_partitioning", "expiration_ms"), "deletes partitions sooner (milliseconds after their day): from", true),
    expiresSooner(attribute("expiration_time"), "deletes the table sooner (milliseconds since 1970): from", true),
    turned(attribute("deletion_protection"), true, "lets the table be destroyed with its rows"),
  ],
  google_secret_manager_secret: [turned(attribute("deletion_protection"), true, "lets the secret be destroyed with its versions")],
  google_compute_instance: [turned(attribute("deletion_protection"), true, "lets the machine be destroyed with its boot disk")],
  google_sql_database_instance: [turned(attribute("deletion_protection"), true, "lets the instance be destroyed with its databases")],
};
