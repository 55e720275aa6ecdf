import type { ValueObject } from "../../protocol/value";
import type { Complaint } from "../rules";
import { mustMatch } from "./must-match";

const NAME = /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** Complains of a name that Compute Engine refuses. @see https://cloud.google.com/compute/docs/naming-resources */
export function nameComplaints(config: ValueObject): Complaint[] {
  return mustMatch(config, "name", NAME, "1 to 63 of a-z, 0-9 and dashes, a letter first, no dash at the end");
}

/**
 * Whether two texts name the same resource: by its name alone, by its path, or by its URL.
 *
 * https://github.com/hashicorp/terraform-provider-google/blob/v6.50.0/google/tpgresource/self_link_helpers.go (CompareSelfLinkOrResourceName)
 */
export function sameResource(prior: string, planned: string): boolean {
  if (!planned.includes("/")) return prior.split("/").at(-1) === planned;
  return pathOf(prior) === pathOf(planned);
}

const pathOf = (link: string): string => link.replace(/^https:\/\/[^/]+\/compute\/[^/]+\//, "");
