import type { BigqueryTableConfig } from "@cdktf/provider-google/lib/bigquery-table";
import { allColumns, type Table } from "../../contracts/model/table";
import type { LandedTableProps } from "./landed-table-props";
import type { RangePartitioning } from "./range-partitioning";

// https://cloud.google.com/bigquery/quotas#partitioned_tables
const MAX_PARTITIONS = 10_000;

/**
 * How a landed table is partitioned: by the month of its contract's partition column, else as the props ask for.
 *
 * @throws Error when two ways are asked for, or a range makes no sense.
 */
export function tablePartitioning(props: LandedTableProps): Partial<BigqueryTableConfig> {
  const { contract, rangePartitioning: range, arrivalPartitioning: arrival } = props;
  const month = contract.partitionBy;
  if ([month, range, arrival].filter((way) => way !== undefined).length > 1) throw twoWays(contract);
  if (month !== undefined) return { timePartitioning: { type: "MONTH", field: month }, requirePartitionFilter: true };
  if (arrival !== undefined) return { timePartitioning: { type: arrival } };
  if (range === undefined) return {};
  checkRange(contract, range);
  const { column, start, end, interval } = range;
  return { rangePartitioning: { field: column, range: { start, end, interval } } };
}

function twoWays({ name, partitionBy }: Table): Error {
  return new Error(
    partitionBy === undefined
      ? `Table "${name}" can be partitioned by ranges or by arrival, not by both: leave one out.`
      : `Table "${name}" is partitioned by the month of ${partitionBy}, since ingest replaces whole months: leave its other partitioning out.`,
  );
}

function checkRange(contract: Table, { column, start, end, interval }: RangePartitioning): void {
  const type = allColumns(contract).find(({ name }) => name === column)?.type;
  const count = (end - start) / interval;
  const complain = (what: string): never => {
    throw new Error(`The range partitioning of table "${contract.name}" ${what}.`);
  };
  if (type !== "integer") complain(`names "${column}", which is no integer column of its contract`);
  if (![start, end, interval].every(Number.isSafeInteger) || interval < 1) complain("needs whole numbers, and an interval of at least 1");
  if (count <= 0) complain(`ends (${String(end)}) before it starts (${String(start)})`);
  if (count > MAX_PARTITIONS) complain(`makes ${String(Math.ceil(count))} partitions; BigQuery allows ${String(MAX_PARTITIONS)}`);
}
