import { ComputeNetwork } from "@cdktf/provider-google/lib/compute-network";
import { ComputeSubnetwork } from "@cdktf/provider-google/lib/compute-subnetwork";
import { Construct } from "constructs";
import { checkCidr } from "./cidr";
import { Firewall } from "./firewall";
import { Nat } from "./nat";
import type { NetworkProps } from "./network-props";

/**
 * A private network with one subnet: nothing of Google's default network, no public address, nothing open until {@link Firewall} allows it.
 *
 * ### Cost
 * Network and subnet are free. Flow logs 0.50 USD per GiB above the project's free 50 GiB of logs a month. The internet: see {@link Nat}.
 *
 * @throws Error when the range of addresses or the share of sampled connections is none.
 * @see https://cloud.google.com/vpc/docs/vpc
 */
export class Network extends Construct {
  /** Has no subnet but this construct's. */
  public readonly vpc: ComputeNetwork;

  /** From where machines reach Google's APIs without a public address. */
  public readonly subnet: ComputeSubnetwork;

  /** What may reach the machines, and who may through a tunnel. */
  public readonly firewall: Firewall;

  /** The way to the internet, where it is asked for. */
  public readonly nat?: Nat;

  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    const { environment, cidr = "10.10.0.0/20", nat = true, flowLogSampling = 0.5, flowLogInterval = "INTERVAL_10_MIN" } = props;
    const { projectId: project, location: region } = environment;
    checkCidr(cidr);
    if (!(flowLogSampling > 0 && flowLogSampling <= 1)) {
      throw new Error(
        `flowLogSampling must be more than 0 and at most 1, e.g. 0.5 for half of the connections, not ${String(flowLogSampling)}.`,
      );
    }

    this.vpc = new ComputeNetwork(this, "vpc", {
      project,
      name: "trips",
      description: "Machines and clusters of the trips platform.",
      autoCreateSubnetworks: false,
      routingMode: "REGIONAL",
      // Private Google Access and NAT both need the default route; a machine without a public address can do nothing else with it.
      deleteDefaultRoutesOnCreate: false,
    });
    this.subnet = new ComputeSubnetwork(this, "subnet", {
      project,
      region,
      name: `trips-${region}`,
      network: this.vpc.id,
      ipCidrRange: cidr,
      privateIpGoogleAccess: true,
      stackType: "IPV4_ONLY",
      logConfig: { aggregationInterval: flowLogInterval, flowSampling: flowLogSampling, metadata: "INCLUDE_ALL_METADATA" },
    });
    this.firewall = new Firewall(this, "firewall", { environment, vpc: this.vpc });
    if (nat) this.nat = new Nat(this, "nat", { environment, vpc: this.vpc, subnet: this.subnet });
  }
}
