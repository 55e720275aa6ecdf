import { Budget } from "../../../constructs/bootstrap/budget";
import type { BudgetProps } from "../../../constructs/bootstrap/budget-props";
import { dev, only, synth } from "../synth";

const minimal: BudgetProps = { environment: dev, billingAccount: "01ABCD-23EF45-6789AB", monthlyAmount: 50 };
const budget = (props: Partial<BudgetProps> = {}) =>
  only(
    synth((stack) => new Budget(stack, "budget", { ...minimal, ...props })),
    "google_billing_budget",
  );

describe("Budget", () => {
  test("minimal: the project's month, in the account's currency, credits not counted", () => {
    expect(budget()).toMatchObject({
      billing_account: "01ABCD-23EF45-6789AB",
      budget_filter: { projects: ["projects/123456789012"], calendar_period: "MONTH", credit_types_treatment: "EXCLUDE_ALL_CREDITS" },
      amount: { specified_amount: { units: "50" } },
    });
    expect(budget().amount.specified_amount).not.toHaveProperty("currency_code");
    expect(budget()).not.toHaveProperty("all_updates_rule");
  });

  test("thresholds are in order, and a forecast above the amount always warns", () => {
    expect(budget({ thresholds: [1, 0.25] }).threshold_rules).toEqual([
      { threshold_percent: 0.25, spend_basis: "CURRENT_SPEND" },
      { threshold_percent: 1, spend_basis: "CURRENT_SPEND" },
      { threshold_percent: 1, spend_basis: "FORECASTED_SPEND" },
    ]);
  });

  test("with a currency and channels", () => {
    const channel = "projects/acme-dev/notificationChannels/1";

    expect(budget({ currency: "EUR", notificationChannels: [channel] })).toMatchObject({
      amount: { specified_amount: { currency_code: "EUR" } },
      all_updates_rule: { monitoring_notification_channels: [channel] },
    });
  });

  test("everything that can't be meant, at once", () => {
    expect(() =>
      budget({ monthlyAmount: 0.5, currency: "Euro", thresholds: [0], notificationChannels: Array<string>(6).fill("c") }),
    ).toThrow(/environment "dev".*amount 0\.5 .*currency "Euro" .*thresholds 0 .*6 notification channels are more than 5/);
  });
});
