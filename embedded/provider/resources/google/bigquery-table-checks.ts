import { blocksOf, textOf, UNKNOWN, type ValueObject } from "../../protocol/value";
import type { Complaint } from "../rules";

/** What BigQuery's API refuses of a table's partitioning, and the provider doesn't see. */
export function partitioningComplaints(config: ValueObject): Complaint[] {
  const ways = ["time_partitioning", "range_partitioning"].filter((name) => blocksOf(config, name).length > 0);
  if (ways.length === 2) return [{ attribute: "range_partitioning", message: "A table is partitioned by time or by ranges, not by both." }];
  const [range] = blocksOf(config, "range_partitioning").flatMap((block) => blocksOf(block, "range"));
  if (range !== undefined) return rangeComplaints(range);
  const unknown = config.time_partitioning === UNKNOWN || config.range_partitioning === UNKNOWN;
  const external = blocksOf(config, "external_data_configuration").length > 0;
  return config.require_partition_filter === true && ways.length === 0 && !external && !unknown
    ? [{ attribute: "require_partition_filter", message: "A table without partitions can't require a filter on them." }]
    : [];
}

function rangeComplaints({ start, end, interval }: ValueObject): Complaint[] {
  if (typeof start !== "number" || typeof end !== "number" || typeof interval !== "number") return [];
  if (start < end && interval >= 1) return [];
  const range = `${String(start)} to ${String(end)} by ${String(interval)}`;
  return [
    {
      attribute: "range_partitioning",
      message: `The ranges ${range} hold nothing: the end must be above the start, the interval 1 or more.`,
    },
  ];
}

/** Keys that name a column which the schema doesn't have. */
export function keyComplaints(config: ValueObject): Complaint[] {
  const columns = columnNames(textOf(config, "schema"));
  if (columns === undefined) return [];
  const [constraints] = blocksOf(config, "table_constraints");
  if (constraints === undefined) return [];
  const primary = blocksOf(constraints, "primary_key").flatMap(({ columns: key }) => (Array.isArray(key) ? key : []));
  const foreign = blocksOf(constraints, "foreign_keys")
    .flatMap((key) => blocksOf(key, "column_references"))
    .map(({ referencing_column }) => referencing_column ?? null);
  return [...primary, ...foreign]
    .filter((name) => typeof name === "string" && !columns.includes(name))
    .map((name) => ({ attribute: "table_constraints", message: `The key's column "${String(name)}" isn't one of the table's.` }));
}

function columnNames(schema: string): string[] | undefined {
  try {
    const columns = JSON.parse(schema) as unknown;
    return Array.isArray(columns) ? columns.map((column) => String((column as { name?: unknown } | null)?.name)) : undefined;
  } catch {
    return undefined;
  }
}
