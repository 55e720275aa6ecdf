import type { Table } from "../../contracts/model/table";
import type { Environment } from "../environment/environment";
import type { LakeBucket } from "../lake/lake-bucket";

/** What a {@link Warehouse} needs to know. */
export interface WarehouseProps {
  /** Gives everything its location and labels, and the datasets the right to be deleted. */
  readonly environment: Environment;

  /** Tables that ingest fills. */
  readonly landedTables: readonly Table[];

  /** Bucket of clean files: each landed table that has a service and months gets an external table over it as well. */
  readonly cleanBucket: LakeBucket;

  /** Folder with one Parquet file `<table>.parquet` without rows for each of those. */
  readonly emptyParquetFolder: string;

  /**
   * Beginning of the datasets' ids.
   *
   * @default "trips"
   */
  readonly prefix?: string;

  /**
   * Hours for which a table's past can be read.
   *
   * @default 168
   */
  readonly timeTravelHours?: number;

  /**
   * Second key to deleting data: destroys tables and rows, where the environment allows it.
   *
   * @default false
   */
  readonly destroyTables?: boolean;
}
