import type { Table } from "../../contracts/model/table";
import type { Environment } from "../environment/environment";
import type { LakeBucket } from "../lake/lake-bucket";
import type { Dataset } from "./dataset";

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
}
