import { ArtifactRegistryRepository } from "@cdktf/provider-google/lib/artifact-registry-repository";
import { BigqueryDataset } from "@cdktf/provider-google/lib/bigquery-dataset";
import { BigqueryTable, type BigqueryTableConfig } from "@cdktf/provider-google/lib/bigquery-table";
import { Volume } from "@cdktf/provider-docker/lib/volume";
import { ComputeDisk } from "@cdktf/provider-google/lib/compute-disk";
import { ComputeInstance } from "@cdktf/provider-google/lib/compute-instance";
import { KmsCryptoKey } from "@cdktf/provider-google/lib/kms-crypto-key";
import { LoggingProjectSink } from "@cdktf/provider-google/lib/logging-project-sink";
import { ProjectIamAuditConfig } from "@cdktf/provider-google/lib/project-iam-audit-config";
import { SecretManagerSecret } from "@cdktf/provider-google/lib/secret-manager-secret";
import { StorageBucket } from "@cdktf/provider-google/lib/storage-bucket";
import type { TerraformStack } from "cdktf";
import { fires, quiet, type Cases } from "./case";

const table = (config: Partial<BigqueryTableConfig>) => (stack: TerraformStack) =>
  new BigqueryTable(stack, "table", { datasetId: "marts", tableId: "trips", ...config });
const dataset = (stack: TerraformStack, deleteContentsOnDestroy?: boolean) =>
  new BigqueryDataset(stack, "dataset", { datasetId: "marts", location: "EU", deleteContentsOnDestroy });
const bucket = (forceDestroy: boolean) => (stack: TerraformStack) =>
  new StorageBucket(stack, "bucket", { name: "acme-lake", location: "EU", forceDestroy });
const key = (preventDestroy: boolean) => (stack: TerraformStack) =>
  new KmsCryptoKey(stack, "key", { name: "lake", keyRing: "trips", lifecycle: { preventDestroy } });
const machine = (deletionProtection?: boolean) => (stack: TerraformStack) =>
  new ComputeInstance(stack, "vm", {
    name: "vm",
    machineType: "e2-medium",
    bootDisk: {},
    networkInterface: [{ network: "trips" }],
    deletionProtection,
  });
const secret = (deletionProtection?: boolean) => (stack: TerraformStack) =>
  new SecretManagerSecret(stack, "secret", { secretId: "api-key", replication: { auto: {} }, deletionProtection });
const registry = (stack: TerraformStack, lifecycle?: { preventDestroy: boolean }) =>
  new ArtifactRegistryRepository(stack, "images", { repositoryId: "images", format: "DOCKER", lifecycle });
const prod = { protectsData: (stack: string) => stack === "test" };
const dev = { protectsData: () => false };

export const warehouse: Cases = {
  "partition-filter": {
    "by time": fires("require_partition_filter isn't true", table({ timePartitioning: { type: "MONTH", field: "day" } })),
    "by range": fires(
      "require_partition_filter isn't true",
      table({ rangePartitioning: { field: "zone", range: { start: 0, end: 300, interval: 10 } }, requirePartitionFilter: false }),
    ),
    "with a filter": quiet(table({ timePartitioning: { type: "DAY" }, requirePartitionFilter: true })),
    "with the deprecated filter": quiet(table({ timePartitioning: { type: "DAY", requirePartitionFilter: true } })),
    "without partitions": quiet(table({})),
    "a materialised view": quiet(table({ timePartitioning: { type: "DAY" }, materializedView: { query: "select 1" } })),
  },
  "data-protection": {
    "a bucket": fires("force_destroy is true", bucket(true), prod),
    "a dataset": fires("delete_contents_on_destroy is true", (stack) => dataset(stack, true), prod),
    "a table": fires("deletion_protection is false", table({ deletionProtection: false }), prod),
    "a key": fires("lifecycle.prevent_destroy isn't true", key(false), prod),
    "a volume": fires("lifecycle.prevent_destroy isn't true", (stack) => new Volume(stack, "data", { name: "data" }), prod),
    "a machine by default": fires("deletion_protection isn't true", machine(), prod),
    "a secret by default": fires("deletion_protection isn't true", secret(), prod),
    "a registry": fires("lifecycle.prevent_destroy isn't true", registry, prod),
    "a disk": fires("lifecycle.prevent_destroy isn't true", (stack) => new ComputeDisk(stack, "disk", { name: "data" }), prod),
    "a bucket that the stack overrides": fires(
      "force_destroy is true",
      (stack) => {
        bucket(false)(stack);
        stack.addOverride("resource.google_storage_bucket.bucket.force_destroy", true);
      },
      prod,
    ),
    "a table by default": quiet(table({}), prod),
    "a machine that is kept": quiet(machine(true), prod),
    "a secret that is kept": quiet(secret(true), prod),
    "a registry that is kept": quiet((stack) => registry(stack, { preventDestroy: true }), prod),
    "a bucket that is kept": quiet(bucket(false), prod),
    "a key that is kept": quiet(key(true), prod),
    "a view": quiet(table({ deletionProtection: false, view: { query: "select 1", useLegacySql: false } }), prod),
    "where data may be deleted": quiet(bucket(true), dev),
    "where nobody says what is protected": quiet(bucket(true)),
  },
  "audit-log": {
    "a dataset nobody watches": fires("neither a log sink nor an audit configuration", (stack) => dataset(stack)),
    "where it is asked for": fires("neither a log sink", bucket(false), { expectsAuditLog: () => true }),
    "with a sink": quiet((stack) => {
      dataset(stack);
      new LoggingProjectSink(stack, "sink", { name: "audit", destination: "bigquery.googleapis.com/projects/p/datasets/audit" });
    }),
    "with an audit configuration": quiet((stack) => {
      dataset(stack);
      new ProjectIamAuditConfig(stack, "audit", { project: "p", service: "allServices", auditLogConfig: [{ logType: "DATA_READ" }] });
    }),
    "a stack without data": quiet(bucket(false)),
    "where it isn't asked for": quiet((stack) => dataset(stack), { expectsAuditLog: () => false }),
  },
};
