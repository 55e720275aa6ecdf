import { isReference } from "../resource-view";
import { resourceRule } from "../rule";
import { textsIn } from "../texts";

const IS_NETWORK = /^(?:sub)?network(?:work)?(?:_uri)?$/;
const IS_DEFAULT = /^(?:default|.*\/(?:sub)?networks\/default)$/;

/** Networks have the subnets that somebody planned, and nothing lives in the one that Google made. */
export const defaultNetwork = resourceRule({
  id: "default-network",
  severity: "error",
  reason: "The default network has a subnet in every region, without flow logs, and lets in SSH from everywhere.",
  mend: "Make a network with auto_create_subnetworks = false and a subnet of your own, and name it.",
  reads: { google_compute_network: ["auto_create_subnetworks"], google_project: ["auto_create_network"], "google_*": [] },
  check: (resource) => {
    const named = textsIn(resource.attributes)
      .filter(({ path, value }) => IS_NETWORK.test(path.at(-1) ?? "") && IS_DEFAULT.test(value))
      .map(({ path }) => `${path.join(".")} is the default network`);
    const switches: Readonly<Record<string, string>> = {
      google_compute_network: "auto_create_subnetworks",
      google_project: "auto_create_network",
    };
    const path = switches[resource.type];
    const set = path === undefined ? false : resource.value(path);
    return set === false || isReference(set) ? named : [...named, `${path ?? ""} isn't false`];
  },
});
