import type { BigqueryDataTransferConfig } from "@cdktf/provider-google/lib/bigquery-data-transfer-config";
import { Construct } from "constructs";
import { jobCosts } from "../../contracts/tables/job-costs";
import { tableName } from "./contract-sql";
import { jobCostsQuery } from "./job-costs-query";
import type { JobCostsProps } from "./job-costs-props";
import { LandedTable } from "./landed-table";

/**
 * What BigQuery's jobs cost per day, account and kind, kept in a table: BigQuery itself forgets it after 180 days.
 *
 * ### Cost
 * A day's query reads some MiB: less than 0.01 USD a month.
 *
 * @see https://cloud.google.com/bigquery/docs/information-schema-jobs
 */
export class JobCosts extends Construct {
  /** The table that is filled. */
  public readonly table: LandedTable;

  /** The query that fills it. */
  public readonly query: BigqueryDataTransferConfig;

  constructor(scope: Construct, id: string, props: JobCostsProps) {
    super(scope, id);
    const { environment, dataset, queries, schedule = "every day 03:30", notificationTopic, destroyRows } = props;
    const { projectId, location } = environment;
    this.table = new LandedTable(this, "table", { environment, dataset, contract: jobCosts, destroyRows });
    const target = tableName(environment, this.table.table);
    const jobs = `\`${projectId}\`.\`region-${location.toLowerCase()}\`.INFORMATION_SCHEMA.JOBS`;

    const { identity } = queries;
    queries.waitFor(
      dataset.grantWrite(identity),
      // Jobs of others are listed on the project or not at all.
      identity.grantProjectRole("roles/bigquery.resourceViewer"),
    );
    this.query = queries.add("job-costs", {
      displayName: "Job costs per day",
      query: jobCostsQuery(target, jobs),
      schedule,
      notificationTopic,
    });
  }
}
