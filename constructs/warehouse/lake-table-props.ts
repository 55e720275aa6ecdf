import type { Table } from "../../contracts/model/table";
import type { Environment } from "../environment/environment";
import type { LakeBucket } from "../lake/lake-bucket";
import type { Dataset } from "./dataset";
import type { LakeConnection } from "./lake-connection";

/** What a {@link LakeTable} needs to know. */
export interface LakeTableProps {
  /** Gives the table its labels. */
  readonly environment: Environment;

  /** Dataset that holds the table. */
  readonly dataset: Dataset;

  /** Names the table. */
  readonly contract: Table & { readonly service: string };

  /** Bucket whose objects `<service>/month=<YYYY-MM>/*.parquet` are the table's rows; it must be in the dataset's location. */
  readonly bucket: LakeBucket;

  /** Path of a Parquet file with the contract's columns and no row. */
  readonly emptyParquet: string;

  /**
   * Connection through which the files are read (BigLake), with the right to read the bucket: whoever reads the table then needs none.
   *
   * @default - the files are read with the reader's own rights on the bucket
   */
  readonly connection?: LakeConnection;

  /**
   * Minutes, 30 to 10,080, for which BigQuery may answer from what it remembers of the files: quicker over thousands of files, but a month
   * that has just arrived may be missing for as long. Only together with `connection`.
   *
   * @default - the files are listed for every query
   */
  readonly metadataCacheMinutes?: number;
}
