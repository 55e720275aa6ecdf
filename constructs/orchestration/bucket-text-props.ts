import type { AirflowBucket } from "./airflow-bucket";

/** What a {@link BucketText} needs to know. */
export interface BucketTextProps {
  /** Where it goes. */
  readonly bucket: AirflowBucket;

  /** Its name in the bucket, e.g. `data/settings.json`. */
  readonly name: string;

  /** What is in it. */
  readonly text: string;

  /**
   * Its media type.
   *
   * @default "text/plain; charset=utf-8"
   */
  readonly contentType?: string;
}
