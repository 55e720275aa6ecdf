import { textOf } from "../../protocol/value";
import type { ResourceRules } from "../rules";
import { planProject, projectOf } from "./project";

const ROLE_ID = /^[a-zA-Z0-9_.]{3,64}$/;

/** https://github.com/hashicorp/terraform-provider-google/blob/v6.50.0/google/services/resourcemanager/resource_google_project_iam_custom_role.go */
export const customRole: ResourceRules = {
  type: "google_project_iam_custom_role",
  replacedBy: ["role_id", "project"],
  filledByCloud: ["project"],
  defaults: { stage: "GA" },
  id: (role, cloud) => `projects/${projectOf(role, cloud)}/roles/${textOf(role, "role_id")}`,
  filledIn: (role, cloud) => ({
    project: cloud.project,
    name: `projects/${projectOf(role, cloud)}/roles/${textOf(role, "role_id")}`,
    deleted: false,
  }),
  plan: planProject,
  validate: (config) => {
    const id = textOf(config, "role_id");
    return id === "" || ROLE_ID.test(id)
      ? []
      : [{ attribute: "role_id", message: `"${id}" must be 3 to 64 letters, digits, underscores and dots: no dash.` }];
  },
};
