import { resourceRule } from "../rule";

const IMPERSONATION = [
  "roles/iam.serviceAccountUser",
  "roles/iam.serviceAccountTokenCreator",
  "roles/iam.serviceAccountOpenIdTokenCreator",
  "roles/iam.workloadIdentityUser",
  "roles/iam.serviceAccountKeyAdmin",
];

/** Who may act as a service account is said on that account. */
export const projectWideImpersonation = resourceRule({
  id: "project-wide-impersonation",
  severity: "error",
  reason: "The member could act as every service account of the project, the mightiest included.",
  mend: "Grant it on the service account (google_service_account_iam_member).",
  reads: {
    "google_project_iam_*": ["role"],
    "google_folder_iam_*": ["role"],
    "google_organization_iam_*": ["role"],
  },
  check: (grant) =>
    grant
      .texts("role")
      .filter((role) => IMPERSONATION.includes(role))
      .map((role) => `${role} is granted above the level of a service account`),
});
