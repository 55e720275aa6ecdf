import type { Construct } from "constructs";
import type { Configuration } from "../../config/configuration";
import type { Environment } from "../../constructs/environment/environment";

/** Skeleton: the part's owner fills it in. */
export function composeSpark(_scope: Construct, _environment: Environment, _configuration: Configuration): void {
  return;
}
