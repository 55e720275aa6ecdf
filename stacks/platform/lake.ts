import type { Construct } from "constructs";
import type { Configuration } from "../../config/configuration";
import type { Environment } from "../../constructs/environment/environment";
import { Lake } from "../../constructs/lake/lake";

/** The lake as configured. */
export function composeLake(scope: Construct, environment: Environment, { lake }: Configuration): Lake {
  return new Lake(scope, "lake", { environment, ...lake, destroyObjects: true });
}
