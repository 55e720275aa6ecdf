import type { Event } from "../../contracts/model/event";
import type { Environment } from "../environment/environment";
import type { LakeBucket } from "../lake/lake-bucket";
import type { Dataset } from "./dataset";
import type { LakeConnection } from "./lake-connection";

/** What a {@link StreamTable} needs to know. */
export interface StreamTableProps {
  /** Gives table and view their labels. */
  readonly environment: Environment;

  /** Dataset that holds both. */
  readonly dataset: Dataset;

  /** Name of the view; the table below it is called so with `_files` behind. */
  readonly name: string;

  /** What one row is; its `idField` tells the same event sent twice. */
  readonly event: Event;

  /** Field that is the same wherever the event was sent again. */
  readonly idField: string;

  /** Instant that tells which of them came first. */
  readonly sentField: string;

  /** Bucket whose objects `<folder>/hour=<YYYY-MM-DDTHH>/*.parquet` are the rows; it must be in the dataset's location. */
  readonly bucket: LakeBucket;

  /** Folder in the bucket, without a slash at either end. */
  readonly folder: string;

  /** Path of a Parquet file with the event's fields and no row. */
  readonly emptyParquet: string;

  /**
   * Connection through which the files are read (BigLake), with the right to read the bucket: whoever reads the table then needs none.
   *
   * @default - the files are read with the reader's own rights on the bucket
   */
  readonly connection?: LakeConnection;
}
