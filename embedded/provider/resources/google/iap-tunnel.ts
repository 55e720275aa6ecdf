import type { ResourceRules } from "../rules";
import { iamMember } from "./iam-member";
import { planProject, projectOf } from "./project";

/** https://github.com/hashicorp/terraform-provider-google/blob/v6.50.0/google/services/iap/iam_iap_tunnel.go */
export const iapTunnelIamMember: ResourceRules = {
  ...iamMember("google_iap_tunnel_iam_member", ["project"], (grant, cloud) => `projects/${projectOf(grant, cloud)}/iap_tunnel`),
  filledByCloud: ["project"],
  plan: planProject,
};
