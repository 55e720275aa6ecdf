import type { Environment } from "../environment/environment";
import type { Dataset } from "./dataset";
import type { ScheduledQueries } from "./scheduled-queries";

/** What {@link JobCosts} needs to know. */
export interface JobCostsProps {
  /** Gives the project and the region whose jobs are counted. */
  readonly environment: Environment;

  /** Dataset of the table `job_costs`. */
  readonly dataset: Dataset;

  /** Runs the query; its account may then list all jobs of the project, and what they cost. */
  readonly queries: ScheduledQueries;

  /**
   * When it runs, in UTC, e.g. `every day 03:30`.
   *
   * @default "every day 03:30"
   */
  readonly schedule?: string;

  /**
   * Pub/Sub topic that is told of the end of every run, `projects/…/topics/…`.
   *
   * @default - nobody is told
   */
  readonly notificationTopic?: string;

  /**
   * Second key to deleting data: lets the table be destroyed, where the environment allows it.
   *
   * @default false
   */
  readonly destroyRows?: boolean;
}
