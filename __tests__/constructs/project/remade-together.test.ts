import { ArtifactRegistryRepository } from "@cdktf/provider-google/lib/artifact-registry-repository";
import { ArtifactRegistryRepositoryIamMember } from "@cdktf/provider-google/lib/artifact-registry-repository-iam-member";
import { BigqueryConnection } from "@cdktf/provider-google/lib/bigquery-connection";
import { BigqueryConnectionIamMember } from "@cdktf/provider-google/lib/bigquery-connection-iam-member";
import { BigqueryDatapolicyDataPolicy } from "@cdktf/provider-google/lib/bigquery-datapolicy-data-policy";
import { BigqueryDatapolicyDataPolicyIamMember } from "@cdktf/provider-google/lib/bigquery-datapolicy-data-policy-iam-member";
import { BigqueryDataset } from "@cdktf/provider-google/lib/bigquery-dataset";
import { BigqueryTable } from "@cdktf/provider-google/lib/bigquery-table";
import { ComputeRouter } from "@cdktf/provider-google/lib/compute-router";
import { ComputeRouterNat } from "@cdktf/provider-google/lib/compute-router-nat";
import { PubsubTopic } from "@cdktf/provider-google/lib/pubsub-topic";
import { PubsubTopicIamMember } from "@cdktf/provider-google/lib/pubsub-topic-iam-member";
import { SecretManagerSecret } from "@cdktf/provider-google/lib/secret-manager-secret";
import { SecretManagerSecretIamMember } from "@cdktf/provider-google/lib/secret-manager-secret-iam-member";
import { ServiceAccount } from "@cdktf/provider-google/lib/service-account";
import { ServiceAccountIamMember } from "@cdktf/provider-google/lib/service-account-iam-member";
import { SqlDatabase } from "@cdktf/provider-google/lib/sql-database";
import { SqlDatabaseInstance } from "@cdktf/provider-google/lib/sql-database-instance";
import { StorageBucket } from "@cdktf/provider-google/lib/storage-bucket";
import { StorageBucketObject } from "@cdktf/provider-google/lib/storage-bucket-object";
import { Aspects, type TerraformResource, type TerraformStack } from "cdktf";
import { RemadeTogether } from "../../../constructs/project/remade-together";
import { synth } from "../synth";

const grant = { role: "roles/viewer", member: "user:someone@example.com" };

/** Makes a container and something in it, and answers with both. */
type Pair = (stack: TerraformStack) => readonly [container: TerraformResource, inside: TerraformResource];

const pairs: Readonly<Record<string, Pair>> = {
  bucket: (stack) => {
    const bucket = new StorageBucket(stack, "raw", { name: "raw", location: "EU" });
    return [bucket, new StorageBucketObject(stack, "object", { bucket: bucket.name, name: "a", content: "a" })];
  },
  connection: (stack) => {
    const connection = new BigqueryConnection(stack, "lake", { connectionId: "lake" });
    return [connection, new BigqueryConnectionIamMember(stack, "grant", { connectionId: connection.connectionId, ...grant })];
  },
  mask: (stack) => {
    const base = { location: "EU", policyTag: "tag", dataPolicyType: "DATA_MASKING_POLICY" };
    const mask = new BigqueryDatapolicyDataPolicy(stack, "pay", { dataPolicyId: "pay", ...base });
    return [mask, new BigqueryDatapolicyDataPolicyIamMember(stack, "grant", { dataPolicyId: mask.dataPolicyId, ...grant })];
  },
  dataset: (stack) => {
    const dataset = new BigqueryDataset(stack, "landed", { datasetId: "landed" });
    return [dataset, new BigqueryTable(stack, "table", { datasetId: dataset.datasetId, tableId: "yellow_trips" })];
  },
  "database instance": (stack) => {
    const base = { databaseVersion: "POSTGRES_17", settings: { tier: "db-f1-micro" } };
    const instance = new SqlDatabaseInstance(stack, "postgres", base);
    return [instance, new SqlDatabase(stack, "database", { instance: instance.name, name: "trips" })];
  },
  repository: (stack) => {
    const repository = new ArtifactRegistryRepository(stack, "images", { repositoryId: "images", format: "DOCKER" });
    return [repository, new ArtifactRegistryRepositoryIamMember(stack, "grant", { repository: repository.name, ...grant })];
  },
  router: (stack) => {
    const router = new ComputeRouter(stack, "router", { name: "router", network: "vpc" });
    const ranges = "ALL_SUBNETWORKS_ALL_IP_RANGES";
    return [router, new ComputeRouterNat(stack, "nat", { router: router.name, name: "nat", sourceSubnetworkIpRangesToNat: ranges })];
  },
  secret: (stack) => {
    const secret = new SecretManagerSecret(stack, "secret", { secretId: "secret", replication: { auto: {} } });
    return [secret, new SecretManagerSecretIamMember(stack, "grant", { secretId: secret.secretId, ...grant })];
  },
  "service account": (stack) => {
    const account = new ServiceAccount(stack, "account", { accountId: "ingest" });
    return [account, new ServiceAccountIamMember(stack, "grant", { serviceAccountId: account.name, ...grant })];
  },
  topic: (stack) => {
    const topic = new PubsubTopic(stack, "topic", { name: "topic" });
    return [topic, new PubsubTopicIamMember(stack, "grant", { topic: topic.name, ...grant })];
  },
};

test.each(Object.entries(pairs))("what is in or on a %s goes with it: it is made again when that is replaced", (_, make) => {
  let types: string[] = [];
  const json = synth((stack) => {
    types = make(stack).map(({ terraformResourceType }) => terraformResourceType);
    Aspects.of(stack).add(new RemadeTogether());
  });
  const [container, inside] = types.map((type) => Object.entries<any>(json.resource[type])[0]!);

  expect(inside![1].lifecycle).toEqual({ replace_triggered_by: [`${types[0]!}.${container![0]}.id`] });
  expect(container![1].lifecycle).toBeUndefined();
});

test("what is in nothing of this stack's is left alone", () => {
  const json = synth((stack) => {
    new StorageBucketObject(stack, "elsewhere", { bucket: "somebody-elses", name: "a", content: "a" });
    Aspects.of(stack).add(new RemadeTogether());
  });

  expect(json.resource.google_storage_bucket_object.elsewhere.lifecycle).toBeUndefined();
});
