import type { Environment } from "../environment/environment";
import type { WorkloadIdentity } from "../identity/workload-identity";
import type { Dataset } from "./dataset";

/** What {@link ScheduledQueries} needs to know. */
export interface ScheduledQueriesProps {
  /** Gives the queries their location: that of the datasets they read and write. */
  readonly environment: Environment;

  /** Runs the queries, and is granted to run jobs; what they read and write is granted to it besides. */
  readonly identity: WorkloadIdentity;

  /**
   * Seconds to wait after a grant was made.
   *
   * @default 120
   */
  readonly propagationSeconds?: number;
}

/** One query of {@link ScheduledQueries}. */
export interface ScheduledQueryProps {
  /** What people see in the console, e.g. `Job costs per day`. */
  readonly displayName: string;

  /** GoogleSQL: a SELECT together with `destination`, else a statement or script that writes by itself. `@run_date` and `@run_time` are UTC. */
  readonly query: string;

  /**
   * When it runs, in UTC and in the form of App Engine's cron, e.g. `every day 03:30`, `every mon 06:00` or `every 6 hours`; not more often than every 5 minutes.
   *
   * @see https://cloud.google.com/appengine/docs/flexible/scheduling-jobs-with-cron-yaml#schedule_format
   */
  readonly schedule: string;

  /**
   * Dataset of the table that takes the rows of a SELECT.
   *
   * @default - the query writes by itself
   */
  readonly destination?: Dataset;

  /**
   * Name of that table, which Terraform should make first; may hold `{run_date}`.
   *
   * @default - the query writes by itself
   */
  readonly destinationTable?: string;

  /**
   * Whether rows are added to the table's; else they take their place.
   *
   * @default false
   */
  readonly appendsRows?: boolean;

  /**
   * Pub/Sub topic that is told of the end of every run, `projects/…/topics/…`. There is no mail for a failure: it would go to the service
   * account.
   *
   * @default - nobody is told
   */
  readonly notificationTopic?: string;
}
