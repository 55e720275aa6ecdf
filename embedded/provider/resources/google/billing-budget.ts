import { UNKNOWN, blocksOf, textOf, type ValueObject } from "../../protocol/value";
import { inventedHex } from "../cloud";
import type { Complaint, ResourceRules } from "../rules";

const CURRENCY = /^[A-Z]{3}$/;

/** https://github.com/hashicorp/terraform-provider-google/blob/v6.50.0/google/services/billing/resource_billing_budget.go */
export const billingBudget: ResourceRules = {
  type: "google_billing_budget",
  schemaVersion: 1,
  replacedBy: ["billing_account"],
  filledByCloud: [
    "amount.specified_amount.currency_code",
    "budget_filter",
    "budget_filter.credit_types",
    "budget_filter.labels",
    "budget_filter.services",
    "budget_filter.subaccounts",
  ],
  defaults: {
    "all_updates_rule.disable_default_iam_recipients": false,
    "all_updates_rule.enable_project_level_recipients": false,
    "all_updates_rule.schema_version": "1.0",
    "budget_filter.credit_types_treatment": "INCLUDE_ALL_CREDITS",
    "threshold_rules.spend_basis": "CURRENT_SPEND",
  },
  id: (budget) => `billingAccounts/${textOf(budget, "billing_account")}/budgets/${nameOf(budget)}`,
  filledIn: (budget) => ({
    name: nameOf(budget),
    "amount.specified_amount.currency_code": "USD",
    budget_filter: [{ calendar_period: "MONTH", credit_types_treatment: "INCLUDE_ALL_CREDITS" }],
  }),
  validate: (config) => [
    ...amountComplaints(config),
    ...blocksOf(config, "threshold_rules")
      .filter(({ threshold_percent: share }) => typeof share === "number" && share < 0)
      .map((rule) => ({
        attribute: "threshold_rules",
        message: `${String(rule.threshold_percent)} must be a share of the amount: 0.5 is half.`,
      })),
    ...blocksOf(config, "all_updates_rule")
      .filter((rule) => (rule.pubsub_topic ?? null) === null && (rule.monitoring_notification_channels ?? null) === null)
      .map(() => ({ attribute: "all_updates_rule", message: "It must name a pubsub_topic or monitoring_notification_channels." })),
  ],
};

function amountComplaints(config: ValueObject): Complaint[] {
  return blocksOf(config, "amount").flatMap((amount) => {
    const [specified] = blocksOf(amount, "specified_amount");
    const byLast = (amount.last_period_amount ?? null) !== null;
    if (amount.specified_amount === UNKNOWN) return [];
    if ((specified === undefined) !== byLast)
      return [{ attribute: "amount", message: "It must hold one of specified_amount and last_period_amount." }];
    const currency = specified === undefined ? "" : textOf(specified, "currency_code");
    return currency === "" || CURRENCY.test(currency)
      ? []
      : [{ attribute: "amount", message: `The currency "${currency}" must be an ISO 4217 code such as EUR.` }];
  });
}

/** Google invents a number; a budget of the same title is found again here. */
function nameOf(budget: ValueObject): string {
  return textOf(budget, "name") || inventedHex(`${textOf(budget, "billing_account")} ${textOf(budget, "display_name")}`, 32);
}
