import { BigqueryDataset } from "@cdktf/provider-google/lib/bigquery-dataset";
import { BigqueryDatasetAccessA } from "@cdktf/provider-google/lib/bigquery-dataset-access";
import { BigqueryDatasetIamMember } from "@cdktf/provider-google/lib/bigquery-dataset-iam-member";
import { IamWorkloadIdentityPoolProvider } from "@cdktf/provider-google/lib/iam-workload-identity-pool-provider";
import { ProjectIamBinding } from "@cdktf/provider-google/lib/project-iam-binding";
import { ProjectIamMember } from "@cdktf/provider-google/lib/project-iam-member";
import { ProjectIamPolicy } from "@cdktf/provider-google/lib/project-iam-policy";
import { ServiceAccountIamMember } from "@cdktf/provider-google/lib/service-account-iam-member";
import { ServiceAccountKey } from "@cdktf/provider-google/lib/service-account-key";
import { StorageBucketIamMember } from "@cdktf/provider-google/lib/storage-bucket-iam-member";
import { StorageHmacKey } from "@cdktf/provider-google/lib/storage-hmac-key";
import type { TerraformStack } from "cdktf";
import { fires, quiet, type Cases } from "./case";

const ACCOUNT = "spark@acme-dev.iam.gserviceaccount.com";
const onProject =
  (role: string, member = `serviceAccount:${ACCOUNT}`) =>
  (stack: TerraformStack) =>
    new ProjectIamMember(stack, "grant", { project: "acme-dev", role, member });
const onBucket = (role: string) => (stack: TerraformStack) =>
  new StorageBucketIamMember(stack, "grant", { bucket: "acme-lake", role, member: `serviceAccount:${ACCOUNT}` });
const onAccount = (stack: TerraformStack) =>
  new ServiceAccountIamMember(stack, "grant", {
    serviceAccountId: `projects/acme-dev/serviceAccounts/${ACCOUNT}`,
    role: "roles/iam.serviceAccountUser",
    member: "group:ops@example.com",
  });
const github =
  (attributeCondition?: string, issuerUri = "https://token.actions.githubusercontent.com") =>
  (stack: TerraformStack) =>
    new IamWorkloadIdentityPoolProvider(stack, "github", {
      workloadIdentityPoolId: "ci",
      workloadIdentityPoolProviderId: "github",
      oidc: { issuerUri },
      attributeCondition,
    });
const dataset = (stack: TerraformStack) => new BigqueryDataset(stack, "marts", { datasetId: "marts", location: "EU" });
const datasetMember = (stack: TerraformStack, datasetId: string) =>
  new BigqueryDatasetIamMember(stack, "member", { datasetId, role: "roles/bigquery.dataViewer", member: "group:a@example.com" });
const datasetAccess = (stack: TerraformStack, datasetId: string) =>
  new BigqueryDatasetAccessA(stack, "access", { datasetId, role: "READER", groupByEmail: "a@example.com" });

export const grants: Cases = {
  "primitive-roles": {
    "editor on the project": fires("roles/editor", onProject("roles/editor")),
    "viewer on the project": fires("roles/viewer", onProject("roles/viewer")),
    "owner in a binding": fires(
      "roles/owner",
      (stack) => new ProjectIamBinding(stack, "b", { project: "p", role: "roles/owner", members: [] }),
    ),
    "a predefined role": quiet(onProject("roles/bigquery.jobUser")),
  },
  "project-wide-data-roles": {
    "all buckets": fires("roles/storage.objectViewer is granted above", onProject("roles/storage.objectViewer")),
    "all datasets": fires("roles/bigquery.dataEditor", onProject("roles/bigquery.dataEditor")),
    "all secrets": fires("roles/secretmanager.secretAccessor", onProject("roles/secretmanager.secretAccessor")),
    "all keys": fires("roles/cloudkms.cryptoKeyDecrypter", onProject("roles/cloudkms.cryptoKeyDecrypter")),
    "jobs only": quiet(onProject("roles/bigquery.jobUser")),
    "names of datasets only": quiet(onProject("roles/bigquery.metadataViewer")),
    "some objects by condition": quiet((stack) => {
      const expression = 'resource.name.startsWith("projects/_/buckets/acme-lake/")';
      onProject("roles/storage.objectViewer")(stack).putCondition({ title: "lake", expression });
    }),
    "one instance by condition": quiet((stack) => {
      const expression = "resource.name == 'projects/acme-dev/instances/${google_sql_database_instance.sql.name}'";
      onProject("roles/cloudsql.instanceUser")(stack).putCondition({ title: "sql", expression });
    }),
    ...Object.fromEntries(
      ['resource.name != ""', 'resource.name.startsWith("")', '!resource.name.startsWith("projects/_/buckets/acme-lake/")'].map(
        (expression) => [
          `all objects by the condition ${expression}`,
          fires("roles/storage.objectViewer", (stack) => {
            onProject("roles/storage.objectViewer")(stack).putCondition({ title: "lake", expression });
          }),
        ],
      ),
    ),
    "until some day by condition": fires("roles/storage.objectViewer", (stack) => {
      const expression = 'request.time < timestamp("2030-01-01T00:00:00Z")';
      onProject("roles/storage.objectViewer")(stack).putCondition({ title: "soon over", expression });
    }),
    "on the bucket": quiet(onBucket("roles/storage.objectViewer")),
  },
  "project-wide-impersonation": {
    "every account": fires("roles/iam.serviceAccountTokenCreator", onProject("roles/iam.serviceAccountTokenCreator")),
    "another role": quiet(onProject("roles/bigquery.jobUser")),
    "one account": quiet(onAccount),
  },
  "authoritative-grants": {
    "a policy": fires(
      "google_project_iam_policy is authoritative",
      (stack) => new ProjectIamPolicy(stack, "p", { project: "acme-dev", policyData: "{}" }),
    ),
    "a binding on the project": fires(
      "google_project_iam_binding is authoritative",
      (stack) => new ProjectIamBinding(stack, "b", { project: "acme-dev", role: "roles/bigquery.jobUser", members: [] }),
    ),
    "a member": quiet(onProject("roles/bigquery.jobUser")),
  },
  "service-account-keys": {
    "a key": fires("google_service_account_key makes a key", (stack) => new ServiceAccountKey(stack, "k", { serviceAccountId: ACCOUNT })),
    "an HMAC key": fires(
      "google_storage_hmac_key makes a key",
      (stack) => new StorageHmacKey(stack, "k", { serviceAccountEmail: ACCOUNT }),
    ),
    impersonation: quiet(onAccount),
  },
  "federation-condition": {
    "any repository": fires("attribute_condition is missing", github()),
    "an empty condition": fires("attribute_condition is missing", github(" ")),
    "a condition that restricts nothing": fires("attribute_condition compares neither", github("true")),
    "a repository's name, which somebody else may take one day": fires(
      "attribute_condition compares neither",
      github('assertion.repository == "acme/trips"'),
    ),
    "any id": fires("attribute_condition compares neither", github('assertion.repository_id != ""')),
    "anybody of another issuer": fires("attribute_condition is missing", github("true", "https://gitlab.com")),
    "a group of another issuer": quiet(github('assertion.namespace_id == "42"', "https://gitlab.com")),
    "two repositories": quiet(github('attribute.repository_id in ["42", "43"]')),
    "a condition from a variable": quiet(github("${var.condition}")),
    "one owner's repositories": quiet(github('assertion.repository_owner_id == "42"')),
  },
  "one-grant-mechanism": {
    "members and access entries, referred to and written out": fires(
      "dataset marts is granted to by IAM members and by access entries",
      (stack) => {
        datasetMember(stack, dataset(stack).datasetId);
        datasetAccess(stack, "marts");
      },
    ),
    "members beside access blocks": fires("by access blocks and by IAM members", (stack) => {
      const made = new BigqueryDataset(stack, "d", {
        datasetId: "marts",
        location: "EU",
        access: [{ role: "OWNER", userByEmail: "a@b.c" }],
      });
      datasetMember(stack, made.datasetId);
    }),
    "members by the dataset's full id": fires("by IAM members and by access entries", (stack) => {
      datasetMember(stack, "projects/acme-dev/datasets/marts");
      datasetAccess(stack, dataset(stack).datasetId);
    }),
    "each dataset in its own way": quiet((stack) => {
      datasetMember(stack, dataset(stack).datasetId);
      datasetAccess(stack, "staging");
    }),
  },
};
