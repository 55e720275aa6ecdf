import type { Environment } from "../environment/environment";
import type { Network } from "../network/network";

/** What {@link PrivateServicesAccess} needs to know. */
export interface PrivateServicesAccessProps {
  /** Gives the range its project and labels. */
  readonly environment: Environment;

  /** From where Google's services are reached. */
  readonly network: Network;

  /**
   * Length of the range's prefix, 16 to 24: Cloud SQL takes a /24 of it per region. Google chooses the range among the network's free ones.
   *
   * @default 20
   */
  readonly prefixLength?: number;
}
