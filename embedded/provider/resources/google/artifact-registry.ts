import { blocksOf, textOf, type ValueObject } from "../../protocol/value";
import type { Cloud } from "../cloud";
import type { Complaint, ResourceRules } from "../rules";
import { iamMember } from "./iam-member";
import { planLabels } from "./labels";
import { mustMatch } from "./must-match";
import { planProject, projectOf } from "./project";

/**
 * Of remote repositories only the kinds that a change of kind replaces are known here; the platform has none.
 *
 * https://github.com/hashicorp/terraform-provider-google/blob/v6.50.0/google/services/artifactregistry/resource_artifact_registry_repository.go
 */
const artifactRepository: ResourceRules = {
  type: "google_artifact_registry_repository",
  replacedBy: [
    "format",
    "repository_id",
    "kms_key_name",
    "location",
    "mode",
    "project",
    "maven_config.allow_snapshot_overwrites",
    "maven_config.version_policy",
    "remote_repository_config",
    "remote_repository_config.*",
  ],
  filledByCloud: ["location", "project", "vulnerability_scanning_config"],
  defaults: {
    mode: "STANDARD_REPOSITORY",
    "maven_config.version_policy": "VERSION_POLICY_UNSPECIFIED",
    "cleanup_policies.condition.tag_state": "ANY",
  },
  changedByUpdate: ["update_time"],
  sameMeaning: { format: (prior, planned) => prior.toLowerCase() === planned.toLowerCase() },
  id: (repository, cloud) => repositoryName(repository, textOf(repository, "repository_id"), cloud),
  filledIn: (repository, cloud) => {
    const now = new Date(cloud.now()).toISOString();
    return {
      project: cloud.project,
      name: textOf(repository, "repository_id"),
      create_time: now,
      update_time: now,
      vulnerability_scanning_config: [
        { enablement_state: "SCANNING_DISABLED", enablement_state_reason: "API containerscanning is not enabled" },
      ],
    };
  },
  plan: (change, cloud) => {
    planProject(change, cloud);
    planLabels(change, cloud);
  },
  validate: (config) => [
    ...mustMatch(
      config,
      "repository_id",
      /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/,
      "1 to 63 of a-z, 0-9 and dashes, a letter first, no dash at the end",
    ),
    ...cleanupComplaints(config),
  ],
};

/** https://github.com/hashicorp/terraform-provider-google/blob/v6.50.0/google/services/artifactregistry/iam_artifact_registry_repository.go */
const artifactRepositoryIamMember: ResourceRules = {
  ...iamMember("google_artifact_registry_repository_iam_member", ["repository", "location", "project"], (grant, cloud) =>
    repositoryName(grant, textOf(grant, "repository"), cloud),
  ),
  filledByCloud: ["location", "project"],
  plan: planProject,
};

/** Rules of Artifact Registry. */
export const artifactRegistry: readonly ResourceRules[] = [artifactRepository, artifactRepositoryIamMember];

function repositoryName(repositoryOrGrant: ValueObject, repository: string, cloud: Cloud): string {
  if (repository.startsWith("projects/")) return repository;
  return `projects/${projectOf(repositoryOrGrant, cloud)}/locations/${textOf(repositoryOrGrant, "location")}/repositories/${repository}`;
}

function cleanupComplaints(config: ValueObject): Complaint[] {
  return blocksOf(config, "cleanup_policies")
    .filter((policy) => !["", "DELETE", "KEEP"].includes(textOf(policy, "action")))
    .map((policy) => ({
      attribute: "cleanup_policies",
      message: `The action "${textOf(policy, "action")}" of policy "${textOf(policy, "id")}" must be DELETE or KEEP.`,
    }));
}
