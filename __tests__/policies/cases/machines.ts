import { CloudRunV2Service } from "@cdktf/provider-google/lib/cloud-run-v2-service";
import { ComposerEnvironment, type ComposerEnvironmentConfigA } from "@cdktf/provider-google/lib/composer-environment";
import { ComputeInstance, type ComputeInstanceConfig } from "@cdktf/provider-google/lib/compute-instance";
import { DataprocCluster, type DataprocClusterClusterConfig } from "@cdktf/provider-google/lib/dataproc-cluster";
import {
  DataprocWorkflowTemplate,
  type DataprocWorkflowTemplatePlacementManagedClusterConfig,
} from "@cdktf/provider-google/lib/dataproc-workflow-template";
import { ProjectIamMember } from "@cdktf/provider-google/lib/project-iam-member";
import { SqlDatabaseInstance, type SqlDatabaseInstanceSettings } from "@cdktf/provider-google/lib/sql-database-instance";
import type { TerraformStack } from "cdktf";
import { fires, quiet, type Cases } from "./case";

const ACCOUNT = "spark@acme-dev.iam.gserviceaccount.com";
const machine = (config: Partial<ComputeInstanceConfig>) => (stack: TerraformStack) =>
  new ComputeInstance(stack, "vm", {
    name: "kafka",
    machineType: "e2-medium",
    bootDisk: {},
    networkInterface: [{ subnetwork: "trips" }],
    ...config,
  });
const CLOSED = { "enable-oslogin": "TRUE", "block-project-ssh-keys": "true" };
const cluster = (clusterConfig: DataprocClusterClusterConfig) => (stack: TerraformStack) =>
  new DataprocCluster(stack, "cluster", { name: "spark", clusterConfig });
/** A workflow with a cluster of its own, or on one that is there. */
const workflow = (config?: DataprocWorkflowTemplatePlacementManagedClusterConfig) => (stack: TerraformStack) =>
  new DataprocWorkflowTemplate(stack, "workflow", {
    name: "count",
    location: "europe-west1",
    jobs: [{ stepId: "job" }],
    placement: config
      ? { managedCluster: { clusterName: "count", config } }
      : { clusterSelector: { clusterLabels: { application: "trips" } } },
  });
const composer = (config: ComposerEnvironmentConfigA) => (stack: TerraformStack) =>
  new ComposerEnvironment(stack, "composer", { name: "airflow", config });
const database = (settings: Partial<SqlDatabaseInstanceSettings>, masterInstanceName?: string) => (stack: TerraformStack) =>
  new SqlDatabaseInstance(stack, "sql", {
    databaseVersion: "POSTGRES_17",
    masterInstanceName,
    settings: { tier: "db-f1-micro", ...settings },
  });

export const machines: Cases = {
  "default-service-account": {
    "a machine with scopes but no account": fires(
      "service_account.email is missing",
      machine({ serviceAccount: { scopes: ["cloud-platform"] } }),
    ),
    "a cluster": fires("gce_cluster_config.service_account is missing", cluster({ gceClusterConfig: { internalIpOnly: true } })),
    "a service": fires(
      "template.service_account is missing",
      (stack) =>
        new CloudRunV2Service(stack, "api", { name: "api", location: "europe-west1", template: { containers: [{ image: "api:1" }] } }),
    ),
    "a grant to it": fires(
      "is the default account",
      (stack) =>
        new ProjectIamMember(stack, "g", {
          project: "p",
          role: "roles/bigquery.jobUser",
          member: "serviceAccount:123-compute@developer.gserviceaccount.com",
        }),
    ),
    "a workflow": fires("gce_cluster_config.service_account is missing", workflow({ gceClusterConfig: { internalIpOnly: true } })),
    "a workflow on a cluster that is there": quiet(workflow()),
    "a machine with an account": quiet(machine({ serviceAccount: { email: ACCOUNT, scopes: ["cloud-platform"] } })),
    "a machine with none at all": quiet(machine({})),
    "a cluster with an account": quiet(cluster({ gceClusterConfig: { serviceAccount: ACCOUNT } })),
  },
  "public-address": {
    "a machine": fires(
      "network_interface.access_config gives it a public address",
      machine({ networkInterface: [{ subnetwork: "trips", accessConfig: [{}] }] }),
    ),
    "a database by default": fires("ipv4_enabled isn't false", database({})),
    "a cluster by default": fires("internal_ip_only isn't true", cluster({ gceClusterConfig: { serviceAccount: ACCOUNT } })),
    "Composer by default": fires("enable_private_environment isn't true", composer({})),
    "a workflow's cluster by default": fires("internal_ip_only isn't true", workflow({ gceClusterConfig: {} })),
    "a workflow's cluster inside": quiet(workflow({ gceClusterConfig: { internalIpOnly: true } })),
    "a workflow on a cluster that is there": quiet(workflow()),
    "a machine inside": quiet(machine({})),
    "a database inside": quiet(database({ ipConfiguration: { ipv4Enabled: false, privateNetwork: "trips" } })),
    "a cluster inside": quiet(cluster({ gceClusterConfig: { internalIpOnly: true } })),
    "Composer inside": quiet(composer({ enablePrivateEnvironment: true })),
  },
  "machine-logins": {
    "a machine by default": fires("metadata.enable-oslogin isn't TRUE", machine({ metadata: { "block-project-ssh-keys": "TRUE" } })),
    "the project's keys": fires("metadata.block-project-ssh-keys isn't TRUE", machine({ metadata: { "enable-oslogin": "TRUE" } })),
    "a serial console": fires("opens a console that no firewall guards", machine({ metadata: { ...CLOSED, "serial-port-enable": "1" } })),
    "keys of its own": fires("lets in whoever has the key", machine({ metadata: { ...CLOSED, "ssh-keys": "ada:ssh-ed25519 AAAA" } })),
    closed: quiet(machine({ metadata: { ...CLOSED, "serial-port-enable": "FALSE" } })),
  },
  "shielded-machines": {
    missing: fires("enable_secure_boot isn't true", machine({})),
    "switched on": quiet(machine({ shieldedInstanceConfig: { enableSecureBoot: true } })),
  },
  "sql-backups": {
    missing: fires("backup_configuration.enabled isn't true", database({})),
    "switched on": quiet(database({ backupConfiguration: { enabled: true } })),
    "a replica": quiet(database({}, "primary")),
  },
  "sql-encryption": {
    missing: fires("ssl_mode allows connections in the clear", database({})),
    "both ways": fires(
      "ssl_mode allows connections in the clear",
      database({ ipConfiguration: { sslMode: "ALLOW_UNENCRYPTED_AND_ENCRYPTED" } }),
    ),
    "encrypted only": quiet(database({ ipConfiguration: { sslMode: "ENCRYPTED_ONLY" } })),
  },
  "idle-clusters": {
    "runs for ever": fires("nothing deletes it", cluster({ gceClusterConfig: { internalIpOnly: true } })),
    "goes when idle": quiet(cluster({ lifecycleConfig: { idleDeleteTtl: "1800s" } })),
  },
};
