import { ComputeRouter } from "@cdktf/provider-google/lib/compute-router";
import { ComputeRouterNat } from "@cdktf/provider-google/lib/compute-router-nat";
import { Construct } from "constructs";
import type { NatProps } from "./nat-props";

/**
 * Lets machines without a public address call the internet, which can't call them.
 *
 * ### Cost
 * 0.0014 USD per hour and machine that uses it (at most 0.0448 USD an hour), 0.045 USD per GiB both ways, and 3.65 USD a month per public
 * address in use (europe-west1, 2026-07): about 5 USD a month for one machine that always runs, nothing by the hour while none runs.
 *
 * @see https://cloud.google.com/nat/pricing
 */
export class Nat extends Construct {
  /** Carries the gateway; routes nothing by itself. */
  public readonly router: ComputeRouter;

  /** The gateway. */
  public readonly gateway: ComputeRouterNat;

  constructor(scope: Construct, id: string, { environment, vpc, subnet }: NatProps) {
    super(scope, id);
    const { projectId: project, location: region } = environment;
    this.router = new ComputeRouter(this, "router", { project, region, name: `trips-${region}`, network: vpc.id });
    this.gateway = new ComputeRouterNat(this, "gateway", {
      project,
      region,
      name: `trips-${region}`,
      router: this.router.name,
      natIpAllocateOption: "AUTO_ONLY",
      sourceSubnetworkIpRangesToNat: "LIST_OF_SUBNETWORKS",
      subnetwork: [{ name: subnet.id, sourceIpRangesToNat: ["PRIMARY_IP_RANGE"] }],
      // Connections that found no free port: the one thing that explains a download that hangs.
      logConfig: { enable: true, filter: "ERRORS_ONLY" },
    });
  }
}
