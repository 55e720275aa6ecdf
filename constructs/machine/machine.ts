import { ComputeDisk } from "@cdktf/provider-google/lib/compute-disk";
import { ComputeInstance } from "@cdktf/provider-google/lib/compute-instance";
import { ComputeInstanceIamMember } from "@cdktf/provider-google/lib/compute-instance-iam-member";
import { IapTunnelInstanceIamMember } from "@cdktf/provider-google/lib/iap-tunnel-instance-iam-member";
import type { ServiceAccountIamMember } from "@cdktf/provider-google/lib/service-account-iam-member";
import type { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import type { Grantee } from "../identity/grantee";
import { checkMachine } from "./check-machine";
import { DataDisk } from "./data-disk";
import type { MachineProps } from "./machine-props";
import { DATA_DEVICE_NAME, literal, startUpScript } from "./start-up-script";

/** The metadata that keep a machine closed: people log in by their Google identity, or not at all. */
const CLOSED = { "enable-oslogin": "TRUE", "block-project-ssh-keys": "TRUE", "serial-port-enable": "FALSE" } as const;

/**
 * A private machine that can be replaced at any time: what it is, its start-up script says; what it must keep is on its data disk. It boots
 * signed software only, has no public address and is reached through Identity-Aware Proxy.
 *
 * A new start-up script doesn't replace the machine, and is run when the machine starts next; one that fails is run again until it doesn't.
 *
 * ### Cost
 * The machine while it runs (e2-medium 26.91, e2-standard-2 53.81, e2-standard-4 107.62 USD a month), 0.10 USD per GB and month for its boot
 * disk, and its {@link DataDisk} (europe-west1, 2026-07).
 *
 * @throws Error for a name, type, zone or size that Compute Engine doesn't have, or a start-up script that is too long.
 * @see https://cloud.google.com/compute/docs/instances/startup-scripts/linux
 */
export class Machine extends Construct {
  /** The machine itself. */
  public readonly instance: ComputeInstance;

  /** What outlives it, where it has such a disk. */
  public readonly dataDisk?: DataDisk;

  /** `europe-west1-b`, for example. */
  public readonly zone: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: MachineProps,
  ) {
    super(scope, id);
    const { environment, network, identity, dataDisk, encryptionKey, nightSchedule, destroyData, metadata = {} } = props;
    const { machineType, image, bootDiskGigabytes, zoneLetter } = checkMachine(props);
    const name = `trips-${props.name}`;
    this.zone = `${environment.location}-${zoneLetter}`;
    if (dataDisk) {
      const { zone } = this;
      this.dataDisk = new DataDisk(this, "data", { environment, name: `${name}-data`, zone, encryptionKey, destroyData, ...dataDisk });
    }
    const kmsKeySelfLink = encryptionKey?.name;
    this.instance = new ComputeInstance(this, "instance", {
      project: environment.projectId,
      zone: this.zone,
      name,
      machineType,
      allowStoppingForUpdate: true,
      deletionProtection: !environment.allowsDataDeletion,
      // Without labels of its own, which would replace the machine when one changes.
      bootDisk: { kmsKeySelfLink, initializeParams: { image, size: bootDiskGigabytes, type: "pd-balanced" } },
      attachedDisk: this.dataDisk && [{ source: this.dataDisk.disk.id, deviceName: DATA_DEVICE_NAME, kmsKeySelfLink }],
      networkInterface: [{ subnetwork: network.subnet.id, stackType: "IPV4_ONLY" }],
      serviceAccount: { email: identity.account.email, scopes: ["https://www.googleapis.com/auth/cloud-platform"] },
      shieldedInstanceConfig: { enableSecureBoot: true, enableVtpm: true, enableIntegrityMonitoring: true },
      // Not metadata_startup_script, whose change replaces the machine.
      metadata: literals({ ...metadata, ...CLOSED, "startup-script": startUpScript(name, props.startupScript, this.dataDisk?.mountPoint) }),
      resourcePolicies: nightSchedule && [nightSchedule.policy.selfLink],
      labels: { ...environment.labels },
      dependsOn: [
        ...(encryptionKey ? [encryptionKey.grantService("compute")] : []),
        ...(nightSchedule ? [nightSchedule.grant] : []),
        // Its script fetches packages at once: the way out must be there.
        ...(network.nat ? [network.nat.gateway] : []),
      ],
      // A new disk has the old one's name: by itself the machine would never have it attached.
      lifecycle: this.dataDisk && { replaceTriggeredBy: [`${ComputeDisk.tfResourceType}.${this.dataDisk.disk.friendlyUniqueId}.id`] },
    });
  }

  /** Command that opens a port of the machine on one's own, for whoever {@link grantTunnel} lets in. */
  public tunnelCommand(port: number, localPort = port): string {
    const { projectId } = this.props.environment;
    return `gcloud compute start-iap-tunnel trips-${this.props.name} ${String(port)} --local-host-port=localhost:${String(localPort)} --zone=${this.zone} --project=${projectId}`;
  }

  /** Has the machine made after what its start-up script must find. */
  public waitFor(...resources: readonly TerraformResource[]): void {
    const addresses = resources.map(({ terraformResourceType, friendlyUniqueId }) => `${terraformResourceType}.${friendlyUniqueId}`);
    this.instance.dependsOn = [...(this.instance.dependsOn ?? []), ...addresses];
  }

  /**
   * Lets the grantee find the machine and open tunnels to one of its ports through Identity-Aware Proxy. That the port is open to the proxy is up
   * to the network's firewall.
   */
  public grantTunnel(grantee: Grantee, port: number): (IapTunnelInstanceIamMember | ComputeInstanceIamMember)[] {
    return [
      new IapTunnelInstanceIamMember(this, `${grantee.id}-tunnel-${String(port)}`, {
        project: this.instance.project,
        zone: this.instance.zone,
        instance: this.instance.name,
        role: "roles/iap.tunnelResourceAccessor",
        member: grantee.member,
        condition: { title: `port ${String(port)}`, expression: `destination.port == ${String(port)}` },
      }),
      this.grantOn(grantee, "find", "roles/compute.viewer"),
    ];
  }

  /** Lets the grantee log in by SSH, as root if asked for, once a tunnel to port 22 is open; so it can do all that the machine's account may. */
  public grantLogin(grantee: Grantee): (ComputeInstanceIamMember | ServiceAccountIamMember)[] {
    return [this.grantOn(grantee, "login", "roles/compute.osAdminLogin"), this.props.identity.grantUse(grantee)];
  }

  /** Asked twice, e.g. for a second port, it answers with the same grant. */
  private grantOn(grantee: Grantee, what: string, role: string): ComputeInstanceIamMember {
    const id = `${grantee.id}-${what}`;
    const before = this.node.tryFindChild(id);
    if (before) return before as ComputeInstanceIamMember;
    const { project, zone, name } = this.instance;
    return new ComputeInstanceIamMember(this, id, { project, zone, instanceName: name, role, member: grantee.member });
  }
}

const literals = (texts: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, literal(text)]));
