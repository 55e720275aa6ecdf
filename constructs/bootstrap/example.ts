import type { TerraformStack } from "cdktf";
import type { Environment } from "../environment/environment";
import { Budget } from "./budget";
import { CiIdentities } from "./ci-identities";
import { StateBucket } from "./state-bucket";

/** A place for the state, a warning when a month gets expensive, and GitHub's jobs as guests without keys. */
export function example(stack: TerraformStack, environment: Environment): void {
  const stateBucket = new StateBucket(stack, "state", { environment, name: `${environment.projectId}-terraform-state` });

  new Budget(stack, "budget", {
    environment,
    billingAccount: "01ABCD-23EF45-6789AB",
    monthlyAmount: 50,
    currency: "EUR",
    thresholds: [0.5, 0.9, 1],
  });

  new CiIdentities(stack, "ci", {
    environment,
    stateBucket,
    ownerId: "1234567",
    repositoryId: "7654321",
    repository: "acme/trips-platform",
    deployBranch: "main",
    deployEnvironment: "prod",
  });
}
