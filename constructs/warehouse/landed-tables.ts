import type { BigqueryTable } from "@cdktf/provider-google/lib/bigquery-table";
import type { Construct } from "constructs";
import type { Dataset } from "./dataset";
import { LandedTable } from "./landed-table";
import type { WarehouseProps } from "./warehouse-props";

/** A landed table for each contract, by its name. @throws Error for the partitioning of a table that isn't one of them. */
export function landTables(scope: Construct, dataset: Dataset, props: WarehouseProps): Map<string, LandedTable> {
  const { environment, landedTables: contracts, tables = {}, policyTags, destroyTables: destroyRows = false } = props;
  const unknown = Object.keys(tables).find((name) => contracts.every((contract) => contract.name !== name));
  if (unknown !== undefined) throw new Error(`There is no landed table "${unknown}" to be partitioned; mend its name.`);

  const landed = new Map<string, LandedTable>();
  const referenced = new Map<string, BigqueryTable>();
  // Those without foreign keys first: the others may point to them.
  for (const contract of [...contracts].sort((one, other) => one.foreignKeys.length - other.foreignKeys.length)) {
    const { name } = contract;
    const all = { environment, dataset, contract, referenced, policyTags, destroyRows };
    const table = new LandedTable(scope, `landed-${name}`, { ...all, ...tables[name] });
    landed.set(name, table);
    referenced.set(name, table.table);
  }
  return landed;
}
