import { isReference, type ResourceView } from "../resource-view";
import { resourceRule } from "../rule";

/** The issuer of GitHub, and of its customers' enterprises: `…/acme`. */
const GITHUB = /^https:\/\/token\.actions\.githubusercontent\.com(?:\/|$)/;

/** Ids stay; a name can be had by somebody else once its owner gives it up. */
const BY_ID = /\.repository(?:_owner)?_id\s*(?:==|in\b)/;

function faultsOf(provider: ResourceView): string[] {
  const condition = provider.texts("attribute_condition")[0]?.trim() ?? "";
  if (isReference(condition)) return [];
  const isGithub = provider.texts("oidc.issuer_uri").some((issuer) => GITHUB.test(issuer));
  if (condition === "" || (condition === "true" && !isGithub)) return ["attribute_condition is missing, or lets everybody in"];
  return isGithub && !BY_ID.test(condition)
    ? ["attribute_condition compares neither repository_owner_id nor repository_id with anything"]
    : [];
}

/** Tokens of a shared issuer are accepted from one's own repositories only. */
export const federationCondition = resourceRule({
  id: "federation-condition",
  severity: "error",
  reason: "The issuer signs tokens for all its customers: without a condition anybody's token is accepted.",
  mend: "Set attribute_condition, for GitHub on assertion.repository_owner_id or assertion.repository_id.",
  reads: { google_iam_workload_identity_pool_provider: ["oidc", "oidc.issuer_uri", "attribute_condition"] },
  check: (provider) => (provider.has("oidc") ? faultsOf(provider) : []),
});
