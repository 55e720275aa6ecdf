import { blocksOf, isObject, textOf, type Value, type ValueObject } from "../../protocol/value";
import { inventedHex } from "../cloud";
import type { Complaint, ResourceRules } from "../rules";
import { sameResource } from "./compute-name";
import { clusterDefaults, clusterFilledByCloud, clusterReplacedBy } from "./dataproc-cluster-paths";
import { clusterComplaints, machineComplaints } from "./dataproc-machines";
import { planLabels } from "./labels";
import { planProject, projectOf } from "./project";

/** https://github.com/hashicorp/terraform-provider-google/blob/v6.50.0/google/services/dataproc/resource_dataproc_cluster.go */
export const dataprocCluster: ResourceRules = {
  type: "google_dataproc_cluster",
  schemaVersion: 1,
  replacedBy: clusterReplacedBy,
  filledByCloud: clusterFilledByCloud,
  defaults: clusterDefaults,
  sameMeaning: {
    "cluster_config.gce_cluster_config.network": sameResource,
    "cluster_config.gce_cluster_config.subnetwork": sameResource,
    "cluster_config.software_config.image_version": sameImage,
    "cluster_config.autoscaling_config.policy_uri": (prior, planned) => asRegion(prior) === asRegion(planned),
  },
  id: (cluster, cloud) => `projects/${projectOf(cluster, cloud)}/regions/${textOf(cluster, "region")}/clusters/${textOf(cluster, "name")}`,
  filledIn: (cluster, cloud) => {
    const [config = {}] = blocksOf(cluster, "cluster_config");
    const [software = {}] = blocksOf(config, "software_config");
    const name = textOf(cluster, "name");
    const region = textOf(cluster, "region");
    return {
      project: cloud.project,
      "cluster_config.bucket": textOf(config, "staging_bucket") || `dataproc-staging-${region}-${cloud.projectNumber}`,
      "cluster_config.temp_bucket": `dataproc-temp-${region}-${cloud.projectNumber}`,
      "cluster_config.cluster_tier": "CLUSTER_TIER_STANDARD",
      "cluster_config.gce_cluster_config.zone": `${region}-b`,
      "cluster_config.software_config.image_version": "2.3.1-debian12",
      "cluster_config.software_config.properties": propertiesOf(software),
      "cluster_config.endpoint_config.http_ports": webPages(name, region, cloud.projectNumber),
      "cluster_config.master_config.num_instances": 1,
      "cluster_config.master_config.instance_names": instanceNames(config, "master_config", `${name}-m`),
      "cluster_config.worker_config.instance_names": instanceNames(config, "worker_config", `${name}-w-`),
      "cluster_config.preemptible_worker_config.instance_names": instanceNames(config, "preemptible_worker_config", `${name}-sw-`),
    };
  },
  plan: (change, cloud) => {
    planProject(change, cloud);
    // Without the label by which the provider marks its creations: `SetLabelsDiffWithoutAttributionLabel`.
    planLabels(change, { ...cloud, labelsCreations: false });
  },
  validate: (config) => [...nameComplaints(config), ...blocksOf(config, "cluster_config").flatMap(configComplaints)],
};

/** Configured versions are compared as far as they go: `2.3-debian12` is what `2.3.1-debian12` is. */
function sameImage(prior: string, planned: string): boolean {
  const [, minor, subMinor, system] = /^(\d+\.\d+)(?:\.([^-]+))?(?:-(.+))?$/.exec(planned) ?? [];
  const [, priorMinor, priorSubMinor, priorSystem] = /^(\d+\.\d+)(?:\.([^-]+))?(?:-(.+))?$/.exec(prior) ?? [];
  return minor === priorMinor && (subMinor ?? priorSubMinor) === priorSubMinor && (system ?? priorSystem) === priorSystem;
}

const asRegion = (policy: string): string => policy.replace("/locations/", "/regions/");

function propertiesOf(software: ValueObject): ValueObject {
  const { override_properties: properties } = software;
  return isObject(properties) ? { ...properties } : {};
}

function webPages(name: string, region: string, projectNumber: string): ValueObject {
  const host = `https://${inventedHex(`${projectNumber}${region}${name}`, 24)}-dot-${region}.dataproc.googleusercontent.com`;
  return {
    "Spark History Server": `${host}/sparkhistory/`,
    "YARN ResourceManager": `${host}/yarn/`,
    "HDFS NameNode": `${host}/hdfs/dfshealth.html`,
  };
}

/** One master is called by the cluster's name alone, several machines are numbered. */
function instanceNames(config: ValueObject, group: string, prefix: string): Value[] {
  const [{ num_instances: count } = { num_instances: 0 }] = blocksOf(config, group);
  const machines = typeof count === "number" ? count : 1;
  if (machines === 1 && prefix.endsWith("-m")) return [prefix];
  return Array.from({ length: machines }, (_, index) => `${prefix}${prefix.endsWith("-m") ? "-" : ""}${String(index)}`);
}

function nameComplaints(config: ValueObject): Complaint[] {
  const name = textOf(config, "name");
  return name === "" || /^[a-z]([a-z0-9-]{0,53}[a-z0-9])?$/.test(name)
    ? []
    : [{ attribute: "name", message: `"${name}" must be at most 55 of a-z, 0-9 and hyphens, a letter first, no hyphen at the end.` }];
}

const configComplaints = (config: ValueObject): Complaint[] => [
  ...clusterComplaints(config),
  ...["master_config", "worker_config", "preemptible_worker_config"].flatMap((group) => machineComplaints(config, group)),
];
