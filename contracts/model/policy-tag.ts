/**
 * Kinds of columns that not everybody who may read a table may read, and what each protects. The warehouse makes a policy tag of each;
 * views for others leave such columns out.
 */
export const policyTags = {
  driver_income: "What a driver earns by a trip.",
} as const;

/** Name of a kind of protected columns. */
export type PolicyTag = keyof typeof policyTags;
