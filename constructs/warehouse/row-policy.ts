import type { Grantee } from "../identity/grantee";

/** Rows of a table that some may read. */
export interface RowPolicy {
  /** Id of the policy, unique in the table: letters, digits and underscores. */
  readonly name: string;

  /** Condition on the table's columns in GoogleSQL, e.g. `pickup_zone_id = 132`; without other tables and routines. */
  readonly filter: string;

  /** Who may read the rows that meet the condition. */
  readonly grantees: readonly Grantee[];
}
