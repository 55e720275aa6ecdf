import { textOf } from "../../protocol/value";
import { inventedDigits } from "../cloud";
import type { ResourceRules } from "../rules";
import { iamMember } from "./iam-member";
import { mustMatch } from "./must-match";
import { planProject, projectOf } from "./project";

const DISPLAY_NAME = /^[\p{L}\p{N}_-]([\p{L}\p{N}_ -]{0,198}[\p{L}\p{N}_-])?$/u;
const displayNameComplaints: ResourceRules["validate"] = (config) =>
  mustMatch(config, "display_name", DISPLAY_NAME, "letters, digits, dashes, underscores and inner spaces, 200 at most");

const taxonomy: ResourceRules = {
  type: "google_data_catalog_taxonomy",
  replacedBy: ["region", "project"],
  filledByCloud: ["project", "region"],
  // Google numbers taxonomies, and so do we; the number stays when the display name changes.
  id: (made, cloud) =>
    `projects/${projectOf(made, cloud)}/locations/${textOf(made, "region")}/taxonomies/${inventedDigits(textOf(made, "display_name"), 19)}`,
  filledIn: (made, cloud) => ({ project: cloud.project, name: taxonomy.id(made, cloud) }),
  plan: planProject,
  validate: displayNameComplaints,
  destroyed: (gone, { catalog }) => {
    for (const { id } of catalog.list(policyTag.type)) if (id.startsWith(`${textOf(gone, "id")}/`)) catalog.delete(policyTag.type, id);
  },
};

const policyTag: ResourceRules = {
  type: "google_data_catalog_policy_tag",
  replacedBy: ["taxonomy"],
  id: (tag) => `${textOf(tag, "taxonomy")}/policyTags/${inventedDigits(textOf(tag, "taxonomy") + textOf(tag, "display_name"), 19)}`,
  filledIn: (tag, cloud) => ({ name: policyTag.id(tag, cloud), child_policy_tags: [] }),
  validate: displayNameComplaints,
};

const policyTagIamMember = iamMember("google_data_catalog_policy_tag_iam_member", ["policy_tag"], (grant) => textOf(grant, "policy_tag"));

/** Taxonomies of policy tags, by which columns are protected. */
export const dataCatalog: readonly ResourceRules[] = [taxonomy, policyTag, policyTagIamMember];
