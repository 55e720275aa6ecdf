import { isReference, type ResourceView } from "../resource-view";
import { resourceRule } from "../rule";
import { textsIn } from "../texts";

const IS_NETWORK = /^(?:sub)?network(?:work)?(?:_uri)?$/;
const IS_DEFAULT = /^(?:default|.*\/(?:sub)?networks\/default)$/;

const SWITCH_OF: Readonly<Record<string, string>> = {
  google_compute_network: "auto_create_subnetworks",
  google_project: "auto_create_network",
};

/** Where a type names its network, in each of its blocks by one of the names; `elsewhere` is set where it has no network of its own. */
interface NetworkPlace {
  readonly block: string;
  readonly names: readonly string[];
  readonly elsewhere?: string;
}

const EITHER = ["network", "subnetwork"];
const NETWORK_OF: Readonly<Record<string, NetworkPlace>> = {
  google_compute_instance: { block: "network_interface", names: [...EITHER, "network_attachment"] },
  google_compute_instance_template: { block: "network_interface", names: EITHER },
  google_compute_region_instance_template: { block: "network_interface", names: EITHER },
  google_dataproc_batch: { block: "environment_config.execution_config", names: ["network_uri", "subnetwork_uri"] },
  google_dataproc_cluster: { block: "cluster_config.gce_cluster_config", names: EITHER, elsewhere: "virtual_cluster_config" },
  google_dataproc_workflow_template: {
    block: "placement.managed_cluster.config.gce_cluster_config",
    names: EITHER,
    elsewhere: "placement.cluster_selector",
  },
};

function unnamed(resource: ResourceView): string[] {
  const place = NETWORK_OF[resource.type];
  if (place === undefined || (place.elsewhere !== undefined && resource.has(place.elsewhere))) return [];
  const { block, names } = place;
  const blocks = resource.blocks(block);
  const isNamed = blocks.length > 0 && blocks.every((one) => names.some((name) => name in one));
  return isNamed ? [] : [`${block} names no network, which means the default one`];
}

function switchedOn(resource: ResourceView): string[] {
  const path = SWITCH_OF[resource.type];
  if (path === undefined) return [];
  const set = resource.value(path);
  return set === false || isReference(set) ? [] : [`${path} isn't false`];
}

const named = (resource: ResourceView): string[] =>
  textsIn(resource.attributes)
    .filter(({ path, value }) => IS_NETWORK.test(path.at(-1) ?? "") && IS_DEFAULT.test(value))
    .map(({ path }) => `${path.join(".")} is the default network`);

/** Networks have the subnets that somebody planned, and nothing lives in the one that Google made. */
export const defaultNetwork = resourceRule({
  id: "default-network",
  severity: "error",
  reason: "The default network has a subnet in every region, without flow logs, and lets in SSH from everywhere.",
  mend: "Make a network with auto_create_subnetworks = false and a subnet of your own, and name it.",
  reads: {
    ...Object.fromEntries(Object.entries(SWITCH_OF).map(([type, path]) => [type, [path]])),
    ...Object.fromEntries(
      Object.entries(NETWORK_OF).map(([type, { block, names, elsewhere }]) => [
        type,
        [...names.map((name) => `${block}.${name}`), ...(elsewhere === undefined ? [] : [elsewhere])],
      ]),
    ),
    "google_*": [],
  },
  check: (resource) => [...named(resource), ...unnamed(resource), ...switchedOn(resource)],
});
