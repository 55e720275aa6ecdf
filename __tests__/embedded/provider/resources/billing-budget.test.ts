import * as path from "node:path";
import { UNKNOWN, type ValueObject } from "../../../../embedded/provider/protocol/value";
import { temporaryFolder } from "../temporary-folder";
import { TerraformCore } from "../terraform-core";

const folder = temporaryFolder();
let count = 0;
const newCore = () => new TerraformCore("google", path.join(folder, String(count++)), { project: "acme-dev" });

const BUDGET = "google_billing_budget";
const budget: ValueObject = {
  billing_account: "01ABCD-23EF45-6789AB",
  display_name: "dev",
  amount: [{ specified_amount: [{ units: "50" }] }],
  budget_filter: [{ projects: ["projects/123456789012"], calendar_period: "MONTH", credit_types_treatment: "EXCLUDE_ALL_CREDITS" }],
  threshold_rules: [{ threshold_percent: 0.5 }, { threshold_percent: 1, spend_basis: "FORECASTED_SPEND" }],
};

describe(BUDGET, () => {
  test("is created with the account's currency, and planned again without a change", () => {
    const core = newCore();
    expect(core.plan(BUDGET, budget).state.name).toBe(UNKNOWN);

    const state = core.create(BUDGET, budget);

    expect(state.id).toBe(`billingAccounts/01ABCD-23EF45-6789AB/budgets/${String(state.name)}`);
    expect(state).toMatchObject({
      amount: [{ specified_amount: [{ units: "50", currency_code: "USD" }] }],
      threshold_rules: [{ spend_basis: "CURRENT_SPEND" }, { spend_basis: "FORECASTED_SPEND" }],
    });
  });

  test("without a filter it watches all of the account", () => {
    const { budget_filter: _, ...all } = budget;

    expect(newCore().create(BUDGET, all)).toMatchObject({ budget_filter: [{ calendar_period: "MONTH", projects: null }] });
  });

  test("amount, title and thresholds change in place, and its name stays; the account replaces it", () => {
    const core = newCore();
    const state = core.create(BUDGET, budget);
    const changed = { ...budget, display_name: "dev, more", amount: [{ specified_amount: [{ units: "80" }] }], threshold_rules: [] };

    expect(core.plan(BUDGET, changed, state).action).toBe("update");
    expect(core.apply(BUDGET, changed, state)).toMatchObject({ id: state.id, name: state.name });
    expect(core.plan(BUDGET, { ...budget, billing_account: "0FFFFF-000000-000000" }, state)).toMatchObject({
      action: "replace",
      replacedBy: ["billing_account"],
    });
    expect(core.destroy(BUDGET, state)).toBeUndefined();
    expect(core.read(BUDGET, state)).toBeNull();
  });

  test("no amount, two, an odd currency, a threshold below 0 and a rule that tells nobody are refused", () => {
    const core = newCore();
    const specified_amount = [{ units: "50", currency_code: "Euro" }];

    expect(core.complaints(BUDGET, { ...budget, amount: [{}] })).toEqual([
      expect.stringContaining("one of specified_amount and last_period_amount"),
    ]);
    expect(core.complaints(BUDGET, { ...budget, amount: [{ specified_amount, last_period_amount: true }] })).toHaveLength(1);
    expect(core.complaints(BUDGET, { ...budget, amount: [{ specified_amount }] })).toEqual([expect.stringContaining("ISO 4217")]);
    expect(core.complaints(BUDGET, { ...budget, threshold_rules: [{ threshold_percent: -1 }] })).toEqual([
      expect.stringContaining("0.5 is half"),
    ]);
    expect(core.complaints(BUDGET, { ...budget, all_updates_rule: [{}] })).toEqual([expect.stringContaining("pubsub_topic")]);
    expect(core.complaints(BUDGET, budget)).toEqual([]);
  });
});
