import { resourceRule } from "../rule";

/** Terraform makes secrets, never what is in them. */
export const secretVersions = resourceRule({
  id: "secret-versions",
  severity: "error",
  reason: "The secret would lie readable in Terraform's state.",
  mend: "Add the version with gcloud or the application, or use the write-only secret_data_wo.",
  reads: {
    google_secret_manager_secret_version: ["secret_data"],
    google_secret_manager_regional_secret_version: ["secret_data"],
  },
  check: (version) => (version.has("secret_data") ? ["secret_data is kept in the state"] : []),
});
