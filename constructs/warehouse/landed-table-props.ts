import type { BigqueryTable } from "@cdktf/provider-google/lib/bigquery-table";
import type { Table } from "../../contracts/model/table";
import type { Environment } from "../environment/environment";
import type { Dataset } from "./dataset";
import type { PolicyTags } from "./policy-tags";
import type { ArrivalPeriod, RangePartitioning } from "./range-partitioning";

/** How a table without months may be partitioned. */
export interface TablePartitioning {
  /**
   * Partitions by ranges of an integer column.
   *
   * @default - by the month of the contract's partition column, or not at all
   */
  readonly rangePartitioning?: RangePartitioning;

  /**
   * Partitions by the time at which a row arrived: `_PARTITIONTIME` is its column then.
   *
   * @default - by the month of the contract's partition column, or not at all
   */
  readonly arrivalPartitioning?: ArrivalPeriod;
}

/** What a {@link LandedTable} needs to know. */
export interface LandedTableProps extends TablePartitioning {
  /** Gives the table its labels. */
  readonly environment: Environment;

  /** Dataset that holds the table. */
  readonly dataset: Dataset;

  /** Names the table's columns, partition, clusters and keys. */
  readonly contract: Table;

  /**
   * Tables of the same dataset, by name, to which the contract's foreign keys may point.
   *
   * @default - no foreign key is declared
   */
  readonly referenced?: ReadonlyMap<string, BigqueryTable>;

  /**
   * Tags that the contract's protected columns get.
   *
   * @default - whoever may read the table may read all of its columns
   */
  readonly policyTags?: PolicyTags;

  /**
   * Second key to deleting data: lets the table be destroyed, where the environment allows it.
   *
   * @default false
   */
  readonly destroyRows?: boolean;
}
