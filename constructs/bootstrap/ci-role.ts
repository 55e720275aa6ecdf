/** A role of a continuous-integration identity, and why it has it. */
export interface CiRole {
  /** Predefined role. */
  readonly role: string;

  /** What can't be done without it, and what it doesn't allow. */
  readonly why: string;

  /** Prefixes of the Terraform types that need it. */
  readonly types: readonly string[];
}
