import { resourceRule } from "../rule";

const PRIMITIVE = ["roles/owner", "roles/editor", "roles/viewer"];

/** No grant of a role that means "nearly everything". */
export const primitiveRoles = resourceRule({
  id: "primitive-roles",
  severity: "error",
  reason: "A primitive role covers every service of the project, those of tomorrow too.",
  mend: "Grant the predefined roles that the work needs, on the resource where that can be.",
  reads: { "google_*_iam_member": ["role"], "google_*_iam_binding": ["role"] },
  check: (grant) =>
    grant
      .texts("role")
      .filter((role) => PRIMITIVE.includes(role))
      .map((role) => `the primitive role ${role} is granted`),
});
