import { BigqueryDataTransferConfig } from "@cdktf/provider-google/lib/bigquery-data-transfer-config";
import type { TerraformStack } from "cdktf";
import type { Environment } from "../environment/environment";
import { Lake } from "../lake/lake";
import { GrantPropagation } from "./grant-propagation";
import { WorkloadIdentity } from "./workload-identity";

/** Two workloads and a person; a query that runs as one of them waits until its grants are in force. */
export function example(stack: TerraformStack, environment: Environment): void {
  const workload = (name: string, description: string) => new WorkloadIdentity(stack, name, { environment, workload: name, description });
  const orchestrator = workload("orchestrator", "Starts the others.");
  const transform = workload("transform", "Runs queries.");
  const lake = new Lake(stack, "lake", { environment });

  const grants = new GrantPropagation(stack, "grants", {
    grants: [
      transform.grantProjectRole("roles/bigquery.jobUser"),
      transform.grantUse(orchestrator),
      transform.grantImpersonation({ id: "ada", member: "user:ada@example.com" }),
    ],
  });
  grants.waitFor(lake.clean.grantRead(transform));

  const nightly = new BigqueryDataTransferConfig(stack, "nightly", {
    displayName: "Nightly",
    location: environment.location,
    dataSourceId: "scheduled_query",
    schedule: "every day 04:00",
    params: { query: "SELECT CURRENT_DATE()" },
    serviceAccountName: transform.account.email,
  });
  grants.holdBack(nightly);
}
