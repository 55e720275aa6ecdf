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

  /** IAM member that stands for the jobs of this duty: `principalSet://…`. */
  readonly jobs: string;
}
