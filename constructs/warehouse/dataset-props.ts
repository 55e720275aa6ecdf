import type { Environment } from "../environment/environment";

/** What a {@link Dataset} needs to know. */
export interface DatasetProps {
  /** Gives the dataset its location and labels. */
  readonly environment: Environment;

  /** Id of the dataset, e.g. `trips_marts`. */
  readonly datasetId: string;

  /** What the dataset holds and who writes it. */
  readonly description: string;

  /**
   * Hours for which a table's past can be read.
   *
   * @default 168
   */
  readonly timeTravelHours?: number;

  /**
   * Second key to deleting data: destroys the tables with the dataset, where the environment allows it.
   *
   * @default false
   */
  readonly destroyTables?: boolean;
}
