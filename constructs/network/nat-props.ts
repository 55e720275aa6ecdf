import type { ComputeNetwork } from "@cdktf/provider-google/lib/compute-network";
import type { ComputeSubnetwork } from "@cdktf/provider-google/lib/compute-subnetwork";
import type { Environment } from "../environment/environment";

/** What a {@link Nat} needs to know. */
export interface NatProps {
  /** Gives router and gateway their project and region. */
  readonly environment: Environment;

  /** The network that gets a way out. */
  readonly vpc: ComputeNetwork;

  /** The one subnet whose machines may use it. */
  readonly subnet: ComputeSubnetwork;
}
