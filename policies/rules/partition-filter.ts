import { isReference } from "../resource-view";
import { resourceRule } from "../rule";

/** Where the filter can stand: the copy inside time_partitioning is deprecated, but obeyed. */
const FILTERS = ["require_partition_filter", "time_partitioning.require_partition_filter"];

/** A careless query doesn't read every partition. */
export const partitionFilter = resourceRule({
  id: "partition-filter",
  severity: "error",
  reason: "A query without a filter reads, and is billed for, every partition.",
  mend: "Set require_partition_filter to true.",
  reads: { google_bigquery_table: ["time_partitioning", "range_partitioning", "materialized_view", ...FILTERS] },
  check: (table) => {
    const isPartitioned = table.has("time_partitioning") || table.has("range_partitioning");
    const isFiltered = FILTERS.map((path) => table.value(path)).some((set) => set === true || isReference(set));
    return isPartitioned && !isFiltered && !table.has("materialized_view") ? ["require_partition_filter isn't true"] : [];
  },
});
