import type { Rule } from "../rule";

/** Somebody is told before the money is gone. */
export const budget: Rule = {
  id: "budget",
  severity: "warning",
  reason: "A query in a loop or a forgotten cluster is noticed on the invoice.",
  mend: "Add a google_billing_budget with threshold_rules.",
  reads: { google_billing_budget: ["threshold_rules"] },
  check: (stack, { expectsBudget = () => false }) => {
    const budgets = stack.ofType("google_billing_budget");
    if (budgets.length === 0) return expectsBudget(stack.name) ? [{ on: stack, what: "it has no budget" }] : [];
    return budgets
      .filter((made) => !made.has("threshold_rules"))
      .map((made) => ({ on: made, what: "it has no threshold_rules and so tells nobody" }));
  },
};
