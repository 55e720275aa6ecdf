import { resourceRule } from "../rule";

/** No credential that lives until somebody deletes it. */
export const serviceAccountKeys = resourceRule({
  id: "service-account-keys",
  severity: "error",
  reason: "A key never expires, and a copy of it lies in Terraform's state.",
  mend: "Use impersonation, workload identity federation or an attached service account.",
  reads: { google_service_account_key: [], google_storage_hmac_key: [] },
  check: ({ type }) => [`${type} makes a key`],
});
