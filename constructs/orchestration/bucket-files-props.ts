import type { AirflowBucket } from "./airflow-bucket";

/** What {@link BucketFiles} need to know. */
export interface BucketFilesProps {
  /** Where the files go. */
  readonly bucket: AirflowBucket;

  /** Absolute path of each file by the name that it gets in the bucket, e.g. `dags/trips.py`. */
  readonly files: Readonly<Record<string, string>>;
}
