/** What the rules need to know of the project that they judge; stacks are named by their id. */
export interface RuleOptions {
  /**
   * Whether what the stack holds must survive a mistake, as in production.
   *
   * @default - no stack
   */
  readonly protectsData?: (stack: string) => boolean;

  /**
   * Stacks that must have a budget.
   *
   * @default - none
   */
  readonly expectsBudget?: (stack: string) => boolean;

  /**
   * Stacks that must send their logs somewhere, or say what is audited.
   *
   * @default - every stack that makes a BigQuery dataset or a Cloud SQL instance
   */
  readonly expectsAuditLog?: (stack: string) => boolean;

  /**
   * Stacks whose data must be encrypted by keys of one's own.
   *
   * @default - every stack that makes a KMS key
   */
  readonly expectsOwnKeys?: (stack: string) => boolean;

  /**
   * Where everything of a stack must be, e.g. `europe-west1`.
   *
   * @default - where most of the stack's resources are, also where it answers `undefined`
   */
  readonly location?: (stack: string) => string | undefined;

  /**
   * Labels that everything must carry that can carry labels.
   *
   * @default - any label will do
   */
  readonly requiredLabels?: readonly string[];
}
