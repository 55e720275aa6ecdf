import type { Environment } from "../environment/environment";

/** What a {@link LakeConnection} needs to know. */
export interface LakeConnectionProps {
  /** Gives the connection its location: that of the datasets and buckets that it joins. */
  readonly environment: Environment;

  /** Id of the connection, e.g. `trips-lake`; letters, digits, dashes and underscores. */
  readonly connectionId: string;

  /** What is read or written through it. */
  readonly description: string;

  /**
   * Seconds to wait after the connection's account was granted a bucket, until BigQuery can use it.
   *
   * @default 120
   */
  readonly propagationSeconds?: number;
}
