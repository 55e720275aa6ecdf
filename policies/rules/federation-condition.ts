import { resourceRule } from "../rule";

/** Tokens of a shared issuer are accepted from one's own repositories only. */
export const federationCondition = resourceRule({
  id: "federation-condition",
  severity: "error",
  reason: "The issuer signs tokens for all its customers: without a condition anybody's token is accepted.",
  mend: "Set attribute_condition, for GitHub on assertion.repository_owner_id or assertion.repository_id.",
  reads: { google_iam_workload_identity_pool_provider: ["oidc", "attribute_condition"] },
  check: (provider) =>
    provider.has("oidc") && !provider.texts("attribute_condition").some((condition) => condition.trim() !== "")
      ? ["attribute_condition is missing"]
      : [],
});
