import type { ComputeNetwork } from "@cdktf/provider-google/lib/compute-network";
import type { Environment } from "../environment/environment";

/** What a {@link Firewall} needs to know. */
export interface FirewallProps {
  /** Gives the rules their project. */
  readonly environment: Environment;

  /** The network that the rules open. */
  readonly vpc: ComputeNetwork;
}
