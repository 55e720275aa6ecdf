import { blocksOf, isObject, textOf, type ValueObject } from "../../protocol/value";
import type { Complaint, ResourceRules } from "../rules";
import { planProject, projectOf } from "./project";

const ID = /^(?!gcp-)[0-9a-z-]{4,32}$/;
const GITHUB = "https://token.actions.githubusercontent.com";

/** https://github.com/hashicorp/terraform-provider-google/blob/v6.50.0/google/services/iambeta/resource_iam_workload_identity_pool.go */
export const workloadIdentityPool: ResourceRules = {
  type: "google_iam_workload_identity_pool",
  replacedBy: ["workload_identity_pool_id", "project"],
  filledByCloud: ["project"],
  id: (pool, cloud) => `projects/${projectOf(pool, cloud)}/${poolPath(pool)}`,
  filledIn: (pool, cloud) => ({ project: cloud.project, name: `projects/${cloud.projectNumber}/${poolPath(pool)}`, state: "ACTIVE" }),
  plan: planProject,
  validate: (config) => mustBeId(config, "workload_identity_pool_id"),
};

/** https://github.com/hashicorp/terraform-provider-google/blob/v6.50.0/google/services/iambeta/resource_iam_workload_identity_pool_provider.go */
export const workloadIdentityPoolProvider: ResourceRules = {
  type: "google_iam_workload_identity_pool_provider",
  replacedBy: ["workload_identity_pool_id", "workload_identity_pool_provider_id", "project"],
  filledByCloud: ["project"],
  id: (provider, cloud) => `projects/${projectOf(provider, cloud)}/${providerPath(provider)}`,
  filledIn: (provider, cloud) => ({
    project: cloud.project,
    name: `projects/${cloud.projectNumber}/${providerPath(provider)}`,
    state: "ACTIVE",
  }),
  plan: planProject,
  validate: (config) => [
    ...mustBeId(config, "workload_identity_pool_provider_id"),
    ...(["aws", "oidc", "saml", "x509"].filter((kind) => blocksOf(config, kind).length > 0).length === 1
      ? []
      : [{ attribute: "oidc", message: "There must be one of aws, oidc, saml and x509." }]),
    ...blocksOf(config, "oidc").flatMap((oidc) => oidcComplaints(config, textOf(oidc, "issuer_uri"))),
  ],
};

function oidcComplaints(config: ValueObject, issuer: string): Complaint[] {
  const mapping = config.attribute_mapping ?? {};
  return [
    ...(isObject(mapping) && !("google.subject" in mapping)
      ? [{ attribute: "attribute_mapping", message: 'It must say what google.subject is, such as "assertion.sub".' }]
      : []),
    // Google refuses it since 2024: such a provider would let in every repository of the world.
    ...(issuer === GITHUB && (config.attribute_condition ?? null) === null
      ? [{ attribute: "attribute_condition", message: "It must name whose tokens are meant: GitHub signs everybody's." }]
      : []),
  ];
}

const mustBeId = (config: ValueObject, attribute: string): Complaint[] => {
  const id = textOf(config, attribute);
  return id === "" || ID.test(id)
    ? []
    : [{ attribute, message: `"${id}" must be 4 to 32 of a-z, 0-9 and dashes, and must not begin with gcp-.` }];
};

const poolPath = (resource: ValueObject) => `locations/global/workloadIdentityPools/${textOf(resource, "workload_identity_pool_id")}`;
const providerPath = (resource: ValueObject) => `${poolPath(resource)}/providers/${textOf(resource, "workload_identity_pool_provider_id")}`;
