import type { Table } from "../../contracts/model/table";
import type { Environment } from "../environment/environment";
import type { LakeBucket } from "../lake/lake-bucket";
import type { EncryptionKey } from "../security/encryption-key";
import type { TablePartitioning } from "./landed-table-props";
import type { LakeConnection } from "./lake-connection";
import type { PolicyTags } from "./policy-tags";
import type { SharedTables } from "./shared-views-props";

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
   * Key with which BigQuery encrypts all tables.
   *
   * @default - Google's own keys
   */
  readonly encryptionKey?: EncryptionKey;

  /**
   * Partitioning of landed tables that have no months, by the table's name.
   *
   * @default {}
   */
  readonly tables?: Readonly<Record<string, TablePartitioning>>;

  /**
   * Tags for protected columns of the landed tables.
   *
   * @default - whoever may read a table may read all of its columns
   */
  readonly policyTags?: PolicyTags;

  /**
   * Makes a dataset `<prefix>_shared` with views of these landed tables, for people who may not read the tables themselves.
   *
   * @default - no such dataset
   */
  readonly shared?: SharedTables;

  /**
   * Whether to make a dataset `<prefix>_routines` with functions and a procedure over the landed tables.
   *
   * @default false
   */
  readonly routines?: boolean;

  /**
   * Makes a dataset `<prefix>_scratch` for people's own tables, each of which is deleted after this many days.
   *
   * @default - no such dataset
   */
  readonly scratchDays?: number;

  /**
   * Connection through which the external tables read the lake (BigLake); it is granted the clean bucket.
   *
   * @default - files are read with the reader's own rights on the bucket
   */
  readonly lakeConnection?: LakeConnection;

  /**
   * Minutes, 30 to 10,080, for which the external tables may answer from what is remembered of the files. Only together with
   * `lakeConnection`.
   *
   * @default - the files are listed for every query
   */
  readonly metadataCacheMinutes?: number;

  /**
   * Second key to deleting data: destroys tables and rows, where the environment allows it.
   *
   * @default false
   */
  readonly destroyTables?: boolean;
}
