import { ComputeFirewall, type ComputeFirewallConfig } from "@cdktf/provider-google/lib/compute-firewall";
import { ComputeInstance, type ComputeInstanceNetworkInterface } from "@cdktf/provider-google/lib/compute-instance";
import { ComputeNetwork } from "@cdktf/provider-google/lib/compute-network";
import { ComputeNetworkFirewallPolicyRule } from "@cdktf/provider-google/lib/compute-network-firewall-policy-rule";
import { ComputeRouterNat, type ComputeRouterNatConfig } from "@cdktf/provider-google/lib/compute-router-nat";
import { ComputeSubnetwork, type ComputeSubnetworkConfig } from "@cdktf/provider-google/lib/compute-subnetwork";
import { DataprocBatch, type DataprocBatchEnvironmentConfigExecutionConfig } from "@cdktf/provider-google/lib/dataproc-batch";
import { DataprocCluster, type DataprocClusterClusterConfig } from "@cdktf/provider-google/lib/dataproc-cluster";
import { Project } from "@cdktf/provider-google/lib/project";
import { SqlDatabaseInstance } from "@cdktf/provider-google/lib/sql-database-instance";
import type { TerraformStack } from "cdktf";
import { fires, quiet, type Cases } from "./case";

const firewall = (config: Partial<ComputeFirewallConfig>) => (stack: TerraformStack) =>
  new ComputeFirewall(stack, "rule", { name: "ssh", network: "trips", allow: [{ protocol: "tcp", ports: ["22"] }], ...config });
const policyRule = (action: string) => (stack: TerraformStack) =>
  new ComputeNetworkFirewallPolicyRule(stack, "rule", {
    action,
    direction: "INGRESS",
    firewallPolicy: "policy",
    priority: 1000,
    match: { srcIpRanges: ["0.0.0.0/0"], layer4Configs: [{ ipProtocol: "all" }] },
  });
const subnet = (config: Partial<ComputeSubnetworkConfig>) => (stack: TerraformStack) =>
  new ComputeSubnetwork(stack, "subnet", { name: "trips", network: "trips", ipCidrRange: "10.0.0.0/20", ...config });
const nat = (logConfig?: ComputeRouterNatConfig["logConfig"]) => (stack: TerraformStack) =>
  new ComputeRouterNat(stack, "nat", {
    name: "nat",
    router: "r",
    sourceSubnetworkIpRangesToNat: "ALL_SUBNETWORKS_ALL_IP_RANGES",
    logConfig,
  });
const database = (value: string) => (stack: TerraformStack) =>
  new SqlDatabaseInstance(stack, "sql", {
    databaseVersion: "POSTGRES_17",
    settings: { tier: "db-f1-micro", ipConfiguration: { authorizedNetworks: [{ value }] } },
  });
const machine = (networkInterface: ComputeInstanceNetworkInterface[]) => (stack: TerraformStack) =>
  new ComputeInstance(stack, "vm", { name: "vm", machineType: "e2-medium", bootDisk: {}, networkInterface });
const machineIn = (network: string) => machine([{ network }]);
const cluster = (clusterConfig: DataprocClusterClusterConfig) => (stack: TerraformStack) =>
  new DataprocCluster(stack, "cluster", { name: "spark", clusterConfig });
const batch = (executionConfig: DataprocBatchEnvironmentConfigExecutionConfig) => (stack: TerraformStack) =>
  new DataprocBatch(stack, "batch", { location: "europe-west1", environmentConfig: { executionConfig } });
const network = (autoCreateSubnetworks?: boolean) => (stack: TerraformStack) =>
  new ComputeNetwork(stack, "network", { name: "trips", autoCreateSubnetworks });
const project = (autoCreateNetwork?: boolean) => (stack: TerraformStack) =>
  new Project(stack, "project", { name: "p", projectId: "acme-dev", autoCreateNetwork });

export const networks: Cases = {
  "open-ingress": {
    "SSH for all": fires("source_ranges lets in 0.0.0.0/0", firewall({ sourceRanges: ["0.0.0.0/0"] })),
    "half of all": fires("source_ranges lets in 128.0.0.0/1", firewall({ sourceRanges: ["128.0.0.0/1"] })),
    "a private network": quiet(firewall({ sourceRanges: ["10.0.0.0/8", "192.0.2.7"] })),
    "IPv6 for all": fires("source_ranges lets in ::/0", firewall({ sourceRanges: ["10.0.0.0/8", "::/0"] })),
    "no source at all": fires("names no source", firewall({})),
    "a database for all": fires("authorized_networks.value lets in 0.0.0.0/0", database("0.0.0.0/0")),
    "a policy for all": fires("match.src_ip_ranges lets in 0.0.0.0/0", policyRule("allow")),
    "a policy's denial": quiet(policyRule("deny")),
    "Identity-Aware Proxy": quiet(firewall({ sourceRanges: ["35.235.240.0/20"] })),
    "from an account": quiet(firewall({ sourceServiceAccounts: ["spark@acme-dev.iam.gserviceaccount.com"] })),
    "a denial": quiet(firewall({ allow: [], deny: [{ protocol: "all" }], sourceRanges: ["0.0.0.0/0"] })),
    "on the way out": quiet(firewall({ direction: "EGRESS", destinationRanges: ["0.0.0.0/0"] })),
    "a database for one address": quiet(database("192.0.2.7/32")),
  },
  "default-network": {
    "subnets that Google makes": fires("auto_create_subnetworks isn't false", network()),
    "a new project's network": fires("auto_create_network isn't false", project()),
    "a machine in it": fires("network_interface.network is the default network", machineIn("default")),
    "its path": fires("network is the default network", firewall({ network: "projects/p/global/networks/default" })),
    "a machine that names none": fires("network_interface names no network", machine([{}])),
    "a machine with a second interface that names none": fires(
      "network_interface names no network",
      machine([{ subnetwork: "trips" }, { nicType: "GVNIC" }]),
    ),
    "a cluster that says nothing of machines": fires("gce_cluster_config names no network", cluster({})),
    "a cluster that names none": fires("gce_cluster_config names no network", cluster({ gceClusterConfig: { internalIpOnly: true } })),
    "a cluster that names a subnet": quiet(cluster({ gceClusterConfig: { subnetwork: "trips" } })),
    "a cluster on Kubernetes": quiet(
      (stack) => new DataprocCluster(stack, "cluster", { name: "spark", virtualClusterConfig: { stagingBucket: "acme" } }),
    ),
    "a batch that names none": fires("execution_config names no network", batch({ serviceAccount: "spark@acme" })),
    "a batch that names a subnet": quiet(batch({ subnetworkUri: "trips" })),
    "subnets of one's own": quiet(network(false)),
    "a project without": quiet(project(false)),
    "a machine elsewhere": quiet(machineIn("trips")),
  },
  "flow-logs": {
    none: fires("log_config is missing", subnet({})),
    some: quiet(subnet({ logConfig: { flowSampling: 0.1 } })),
    "a subnet of proxies": quiet(subnet({ purpose: "REGIONAL_MANAGED_PROXY" })),
  },
  "private-google-access": {
    missing: fires("private_ip_google_access isn't true", subnet({})),
    "switched on": quiet(subnet({ privateIpGoogleAccess: true })),
    "a subnet of proxies": quiet(subnet({ purpose: "REGIONAL_MANAGED_PROXY" })),
  },
  "nat-logging": {
    missing: fires("log_config.enable isn't true", nat()),
    "switched off": fires("log_config.enable isn't true", nat({ enable: false, filter: "ALL" })),
    "switched on": quiet(nat({ enable: true, filter: "ERRORS_ONLY" })),
  },
  "firewall-logging": {
    missing: fires("log_config is missing", firewall({})),
    present: quiet(firewall({ logConfig: { metadata: "EXCLUDE_ALL_METADATA" } })),
    "a rule that is switched off": quiet(firewall({ disabled: true })),
  },
};
