import type { Environment } from "../environment/environment";
import type { CiRole } from "./ci-role";

/** What a {@link CiIdentity} needs to know. */
export interface CiIdentityProps {
  /** Whose project holds the account and grants the roles. */
  readonly environment: Environment;

  /** `plan`, `deploy`; completes the account's id. */
  readonly duty: string;

  /** What it does, in one line. */
  readonly description: string;

  /** Roles on the project. */
  readonly roles: readonly CiRole[];

  /** By duty, the IAM member that stands for its jobs, `principalSet://…`: those that may act as the account. */
  readonly jobs: Readonly<Record<string, string>>;
}
