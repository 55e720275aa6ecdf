import type { Environment } from "../environment/environment";

/** What a {@link Budget} needs to know. */
export interface BudgetProps {
  /** Whose project is watched. */
  readonly environment: Environment;

  /** Id of the billing account that pays for the project, e.g. `01ABCD-23EF45-6789AB`. */
  readonly billingAccount: string;

  /** What a month may cost, in whole units of the currency. */
  readonly monthlyAmount: number;

  /**
   * ISO 4217 code of the currency; it must be the billing account's.
   *
   * @default - the billing account's
   */
  readonly currency?: string;

  /**
   * Shares of the amount at which a mail is sent, once spent: 0.5 is half.
   *
   * @default [0.5, 0.9, 1]
   */
  readonly thresholds?: readonly number[];

  /**
   * Ids of Cloud Monitoring's notification channels that are told besides the account's administrators; at most 5.
   *
   * @default none
   */
  readonly notificationChannels?: readonly string[];
}
