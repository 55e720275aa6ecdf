import type { ViewProps } from "./view-props";

/** What a {@link MaterializedView} needs to know. */
export interface MaterializedViewProps extends ViewProps {
  /**
   * Column of the select by whose month the result is partitioned: the partition column of the table it reads, so that a month that is
   * replaced there is all that is worked out anew here.
   *
   * @default - not partitioned
   */
  readonly partitionBy?: string;

  /**
   * Minutes that BigQuery waits at least between two refreshes.
   *
   * @default 30
   */
  readonly refreshMinutes?: number;
}
