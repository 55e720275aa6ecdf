import { BigqueryDataTransferConfig } from "@cdktf/provider-google/lib/bigquery-data-transfer-config";
import type { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { GrantPropagation } from "../identity/grant-propagation";
import type { WorkloadIdentity } from "../identity/workload-identity";
import { serviceAgent } from "../project/service-agents";
import type { ScheduledQueriesProps, ScheduledQueryProps } from "./scheduled-queries-props";

/**
 * Queries that BigQuery runs by the clock, under a workload's account and never under the person's who deployed them.
 *
 * Whoever deploys needs `roles/iam.serviceAccountUser` on that account. A scheduled query can't be given a maximum of bytes billed: what keeps
 * it from reading too much is a partition filter on the tables, and the project's quota "Query usage per day".
 *
 * ### Cost
 * Each run costs as the query does: 6.25 USD per TiB read (US list price, 2026-07), at least 10 MiB for each table.
 *
 * @see https://cloud.google.com/bigquery/docs/scheduling-queries
 * @see https://cloud.google.com/bigquery/docs/use-service-accounts
 */
export class ScheduledQueries extends Construct {
  /** The account that runs them; what a query reads and writes is granted to it. */
  public readonly identity: WorkloadIdentity;

  private readonly propagation: GrantPropagation;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ScheduledQueriesProps,
  ) {
    super(scope, id);
    this.identity = props.identity;
    // The transfer service runs the queries, with short-lived tokens of the account's.
    const impersonation = props.identity.grantImpersonation({ id: "transfer", member: serviceAgent(props.environment, "transfer") });
    const jobs = props.identity.grantProjectRole("roles/bigquery.jobUser");
    this.propagation = new GrantPropagation(this, "propagation", { grants: [impersonation, jobs], seconds: props.propagationSeconds });
  }

  /** Grants to the account that queries need: they are made once those are in force. */
  public waitFor(...grants: readonly TerraformResource[]): void {
    this.propagation.waitFor(...grants);
  }

  /**
   * Adds a query.
   *
   * @throws Error when only one of `destination` and `destinationTable` is given.
   */
  public add(id: string, query: ScheduledQueryProps): BigqueryDataTransferConfig {
    const { destination, destinationTable, appendsRows = false } = query;
    if ((destination === undefined) !== (destinationTable === undefined)) {
      throw new Error(`The scheduled query "${query.displayName}" must have both destination and destinationTable, or neither.`);
    }
    const config = new BigqueryDataTransferConfig(this, id, {
      dataSourceId: "scheduled_query",
      displayName: query.displayName,
      location: this.props.environment.location,
      schedule: query.schedule,
      serviceAccountName: this.props.identity.account.email,
      destinationDatasetId: destination?.datasetId,
      params: {
        query: query.query,
        ...(destinationTable === undefined
          ? {}
          : { destination_table_name_template: destinationTable, write_disposition: appendsRows ? "WRITE_APPEND" : "WRITE_TRUNCATE" }),
      },
      notificationPubsubTopic: query.notificationTopic,
    });
    this.propagation.holdBack(config);
    return config;
  }
}
