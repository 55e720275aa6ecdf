import { BillingBudget } from "@cdktf/provider-google/lib/billing-budget";
import { Construct } from "constructs";
import type { BudgetProps } from "./budget-props";

/**
 * Warns by mail when the project's month gets expensive: at each threshold once that much is spent, and when Google forecasts that the
 * month will pass the amount. It stops nothing.
 *
 * Credits don't count: on a free trial the mail comes while the credit is being used up, not after it.
 *
 * The provider must bill its calls to a project (`userProjectOverride`, `billingProject`): with a person's credentials the API answers 403
 * otherwise.
 *
 * ### Cost
 * None.
 *
 * @throws Error when an amount, a currency or a threshold can't be meant.
 * @see https://cloud.google.com/billing/docs/how-to/budgets
 */
export class Budget extends Construct {
  /** The budget itself. */
  public readonly budget: BillingBudget;

  constructor(scope: Construct, id: string, props: BudgetProps) {
    super(scope, id);
    const { environment, billingAccount, monthlyAmount, currency, thresholds = [0.5, 0.9, 1], notificationChannels = [] } = props;
    refuseNonsense(props);
    this.budget = new BillingBudget(this, "budget", {
      billingAccount,
      displayName: `Trips platform: ${environment.name}`,
      budgetFilter: {
        projects: [`projects/${environment.projectNumber}`],
        calendarPeriod: "MONTH",
        creditTypesTreatment: "EXCLUDE_ALL_CREDITS",
      },
      amount: { specifiedAmount: { units: String(monthlyAmount), ...(currency === undefined ? {} : { currencyCode: currency }) } },
      thresholdRules: [
        ...[...thresholds].sort((a, b) => a - b).map((share) => ({ thresholdPercent: share, spendBasis: "CURRENT_SPEND" })),
        { thresholdPercent: 1, spendBasis: "FORECASTED_SPEND" },
      ],
      ...(notificationChannels.length === 0 ? {} : { allUpdatesRule: { monitoringNotificationChannels: [...notificationChannels] } }),
    });
  }
}

function refuseNonsense({ environment, monthlyAmount, currency, thresholds = [], notificationChannels = [] }: BudgetProps): void {
  const complaints = [
    ...(Number.isInteger(monthlyAmount) && monthlyAmount > 0 ? [] : [`the amount ${String(monthlyAmount)} must be a whole number above 0`]),
    ...(currency === undefined || /^[A-Z]{3}$/.test(currency) ? [] : [`the currency "${currency}" must be an ISO 4217 code such as EUR`]),
    ...(thresholds.every((share) => share > 0)
      ? []
      : [`the thresholds ${thresholds.join(", ")} must be shares of the amount above 0: 0.5 is half`]),
    ...(notificationChannels.length <= 5 ? [] : [`${String(notificationChannels.length)} notification channels are more than 5`]),
  ];
  if (complaints.length > 0) throw new Error(`The budget of environment "${environment.name}" can't be made: ${complaints.join("; ")}.`);
}
