import { resourceRule } from "../rule";

/** No resource that takes away grants made elsewhere. */
export const authoritativeGrants = resourceRule({
  id: "authoritative-grants",
  severity: "error",
  reason: "It removes every grant that it doesn't list, those of Google's own service agents included.",
  mend: "Use *_iam_member, which adds one grant and leaves the others alone.",
  reads: { "google_*_iam_policy": [], google_project_iam_binding: [], google_folder_iam_binding: [], google_organization_iam_binding: [] },
  check: ({ type }) => [`${type} is authoritative`],
});
