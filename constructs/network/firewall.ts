import { ComputeFirewall, type ComputeFirewallConfig } from "@cdktf/provider-google/lib/compute-firewall";
import type { ComputeSubnetwork } from "@cdktf/provider-google/lib/compute-subnetwork";
import { IapTunnelIamMember } from "@cdktf/provider-google/lib/iap-tunnel-iam-member";
import { Construct } from "constructs";
import type { Grantee } from "../identity/grantee";
import type { WorkloadIdentity } from "../identity/workload-identity";
import type { FirewallProps } from "./firewall-props";

/** From where Identity-Aware Proxy forwards. @see https://cloud.google.com/iap/docs/using-tcp-forwarding#create-firewall-rule */
const IAP_RANGE = "35.235.240.0/20";
const SSH = 22;

/**
 * What may reach a network's machines: nothing, until a rule allows it. Rules name machines by the service account they run as: who makes a
 * machine can give it any tag, but only an account that he may use.
 *
 * ### Cost
 * Rules are free. Each logs the connections it allows: 0.50 USD per GiB of logs above the project's free 50 GiB a month.
 *
 * @see https://cloud.google.com/vpc/docs/firewalls#serviceaccounts
 */
export class Firewall extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: FirewallProps,
  ) {
    super(scope, id);
  }

  /** Lets machines that run as the workload talk to each other, on every port: the members of a cluster. */
  public allowInternal(workload: WorkloadIdentity): ComputeFirewall {
    const { email } = workload.account;
    return this.allow(`${workload.id}-internal`, {
      description: `Machines of ${workload.id} among themselves.`,
      sourceServiceAccounts: [email],
      targetServiceAccounts: [email],
      allow: [{ protocol: "tcp" }, { protocol: "udp" }, { protocol: "icmp" }],
    });
  }

  /**
   * Lets whatever has an address in the subnet reach the workload's machines on some ports: servers that ask their clients who they are.
   *
   * @throws Error when a port is none, or named twice.
   */
  public allowSubnet(workload: WorkloadIdentity, subnet: ComputeSubnetwork, ports: readonly number[]): ComputeFirewall {
    checkPorts(ports);
    return this.allow(`${workload.id}-subnet`, {
      description: `The subnet to machines of ${workload.id}.`,
      sourceRanges: [subnet.ipCidrRange],
      targetServiceAccounts: [workload.account.email],
      allow: [{ protocol: "tcp", ports: ports.map(String) }],
    });
  }

  /**
   * Lets Identity-Aware Proxy reach the workload's machines by SSH and on further ports. Who may use the proxy, {@link grantTunnel} says.
   *
   * @throws Error when a port is none, or named twice.
   */
  public allowTunnel(workload: WorkloadIdentity, ports: readonly number[] = []): ComputeFirewall {
    return this.allow(`${workload.id}-tunnel`, {
      description: `Identity-Aware Proxy to machines of ${workload.id}.`,
      sourceRanges: [IAP_RANGE],
      targetServiceAccounts: [workload.account.email],
      allow: [{ protocol: "tcp", ports: withSsh(ports).map(String) }],
    });
  }

  /**
   * Lets the grantee open tunnels through Identity-Aware Proxy, to SSH's port and further ones.
   *
   * The grant is on all of the project's tunnels: clusters make and drop machines that no grant can name. It ends at its ports, and at machines
   * that {@link allowTunnel} opens. To log in by SSH the grantee needs `roles/compute.osLogin` besides, to find machines `roles/compute.viewer`.
   *
   * @throws Error when a port is none, or named twice.
   */
  public grantTunnel(grantee: Grantee, ports: readonly number[] = []): IapTunnelIamMember {
    const all = withSsh(ports);
    return new IapTunnelIamMember(this, `${grantee.id}-tunnel-user`, {
      project: this.props.environment.projectId,
      role: "roles/iap.tunnelResourceAccessor",
      member: grantee.member,
      condition: {
        title: `ports ${all.join(", ")}`,
        expression: all.map((port) => `destination.port == ${String(port)}`).join(" || "),
      },
    });
  }

  private allow(name: string, rule: Partial<ComputeFirewallConfig>): ComputeFirewall {
    const { environment, vpc } = this.props;
    return new ComputeFirewall(this, name, {
      project: environment.projectId,
      name: `trips-${name}`,
      network: vpc.id,
      direction: "INGRESS",
      logConfig: { metadata: "INCLUDE_ALL_METADATA" },
      ...rule,
    });
  }
}

function withSsh(ports: readonly number[]): number[] {
  const all = [SSH, ...ports];
  checkPorts(all);
  return all;
}

function checkPorts(ports: readonly number[]): void {
  ports.forEach((port, index) => {
    if (!Number.isInteger(port) || port < 1 || port > 65_535)
      throw new Error(`${String(port)} is no TCP port: name whole numbers from 1 to 65535.`);
    if (ports.indexOf(port) !== index) throw new Error(`Port ${String(port)} is named twice (22, SSH's, is always there): leave one out.`);
  });
}
