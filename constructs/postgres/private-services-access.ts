import { ComputeGlobalAddress } from "@cdktf/provider-google/lib/compute-global-address";
import { ServiceNetworkingConnection } from "@cdktf/provider-google/lib/service-networking-connection";
import { Construct } from "constructs";
import type { PrivateServicesAccessProps } from "./private-services-access-props";

/**
 * Private addresses of a network for Google's own services, such as Cloud SQL, and the peering by which they are reached. A network has one.
 *
 * ### Cost
 * None.
 *
 * @throws Error when the range would be too small or too large.
 * @see https://cloud.google.com/sql/docs/postgres/configure-private-services-access
 */
export class PrivateServicesAccess extends Construct {
  /** Addresses that nothing else in the network may take. */
  public readonly range: ComputeGlobalAddress;

  /** The peering; what is to get an address of the range depends on it. */
  public readonly connection: ServiceNetworkingConnection;

  constructor(scope: Construct, id: string, { environment, network, prefixLength = 20 }: PrivateServicesAccessProps) {
    super(scope, id);
    if (!Number.isInteger(prefixLength) || prefixLength < 16 || prefixLength > 24) {
      throw new Error(`prefixLength of the range for Google's services must be a whole number from 16 to 24, not ${String(prefixLength)}.`);
    }
    this.range = new ComputeGlobalAddress(this, "range", {
      project: environment.projectId,
      name: "trips-services",
      description: "Google's services that the trips platform reaches privately.",
      purpose: "VPC_PEERING",
      addressType: "INTERNAL",
      prefixLength,
      network: network.vpc.id,
      labels: { ...environment.labels },
    });
    this.connection = new ServiceNetworkingConnection(this, "connection", {
      network: network.vpc.id,
      service: "servicenetworking.googleapis.com",
      reservedPeeringRanges: [this.range.name],
      // Cloud SQL holds on to the peering for days after its last instance is gone, and to delete it meanwhile fails:
      // https://github.com/hashicorp/terraform-provider-google/issues/19908. Left behind, it is found again by the next creation, which
      // then has to tell it the new range.
      deletionPolicy: "ABANDON",
      updateOnCreationFail: true,
    });
  }
}
