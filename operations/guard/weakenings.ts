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

/** A number that must not become smaller; texts of digits count as numbers. */
const shorter =
  (read: (resource: Attributes) => unknown, what: string): Rule =>
  (before, after) => {
    const [old, young] = [Number(read(before) ?? NaN), Number(read(after) ?? NaN)];
    return young < old ? weakened(`${what} from ${String(old)} to ${String(young)}`) : undefined;
  };

const turned =
  (read: (resource: Attributes) => unknown, from: boolean, what: string): Rule =>
  (before, after) =>
    read(before) === from && read(after) === !from ? weakened(what) : undefined;

/** Blocks are lists of one in a plan. */
const inBlock =
  (block: string, attribute: string) =>
  (resource: Attributes): unknown => {
    const blocks = resource[block];
    return Array.isArray(blocks) ? (blocks[0] as Attributes | undefined)?.[attribute] : undefined;
  };

const attribute =
  (name: string) =>
  (resource: Attributes): unknown =>
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
  // A schema that is known only after the apply says nothing about columns.
  if (after.schema === undefined) return undefined;
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
    shorter(inBlock("retention_policy", "retention_period"), "shortens retention (seconds)"),
    turned(attribute("force_destroy"), false, "lets the bucket be destroyed with its objects"),
  ],
  google_bigquery_dataset: [
    shorter(attribute("max_time_travel_hours"), "shortens time travel (hours)"),
    shorter(attribute("default_table_expiration_ms"), "shortens the life of new tables (milliseconds)"),
    turned(attribute("delete_contents_on_destroy"), false, "lets the dataset be destroyed with its tables"),
  ],
  google_bigquery_table: [droppedColumns, turned(attribute("deletion_protection"), true, "lets the table be destroyed with its rows")],
  google_sql_database_instance: [turned(attribute("deletion_protection"), true, "lets the instance be destroyed with its databases")],
};
