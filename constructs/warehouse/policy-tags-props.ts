import type { Environment } from "../environment/environment";

/** How a masked value looks; what each does to which type: https://cloud.google.com/bigquery/docs/column-data-masking-intro#masking_options */
export type Mask = "ALWAYS_NULL" | "DEFAULT_MASKING_VALUE" | "SHA256" | "LAST_FOUR_CHARACTERS" | "FIRST_FOUR_CHARACTERS";

/** What {@link PolicyTags} need to know. */
export interface PolicyTagsProps {
  /** Gives the tags their project and location, which must be the tables'. */
  readonly environment: Environment;

  /**
   * Beginning of the taxonomy's name and of the data policies' ids.
   *
   * @default "trips"
   */
  readonly prefix?: string;

  /**
   * What masked readers see instead of a value.
   *
   * @default "ALWAYS_NULL"
   */
  readonly mask?: Mask;
}
