import { blocksOf, isObject, textOf, type Value, type ValueObject } from "../../protocol/value";
import { inventedDigits, inventedHex, type Cloud } from "../cloud";
import type { ResourceRules } from "../rules";
import { resolvedImage, sameImage } from "./compute-image";
import { instanceComplaints } from "./compute-instance-checks";
import { instanceDefaults, instanceFilledByCloud, instanceReplacedBy } from "./compute-instance-paths";
import { sameResource } from "./compute-name";
import { iamMember } from "./iam-member";
import { planLabels } from "./labels";
import { planProject, projectOf } from "./project";

/** https://github.com/hashicorp/terraform-provider-google/blob/v6.50.0/google/services/compute/resource_compute_instance.go */
const computeInstance: ResourceRules = {
  type: "google_compute_instance",
  schemaVersion: 6,
  replacedBy: instanceReplacedBy,
  filledByCloud: instanceFilledByCloud,
  defaults: instanceDefaults,
  sensitive: [
    "boot_disk.disk_encryption_key_raw",
    "boot_disk.disk_encryption_key_rsa",
    "attached_disk.disk_encryption_key_raw",
    "attached_disk.disk_encryption_key_rsa",
  ],
  changedByUpdate: ["metadata_fingerprint"],
  sameMeaning: {
    machine_type: (prior, planned) => prior.split("/").at(-1) === planned.split("/").at(-1),
    "boot_disk.initialize_params.image": sameImage,
    "boot_disk.kms_key_self_link": sameResource,
    "boot_disk.source": sameResource,
    "attached_disk.source": sameResource,
    "attached_disk.kms_key_self_link": sameResource,
    "network_interface.network": sameResource,
    "network_interface.subnetwork": sameResource,
  },
  alsoReplacedBy: (prior, planned) => (replacesScript(prior, planned) ? ["metadata_startup_script"] : []),
  id: instancePath,
  filledIn: filledByGoogle,
  plan: (change, cloud) => {
    planProject(change, cloud);
    planLabels(change, cloud);
  },
  validate: instanceComplaints,
  refuseDestroy: (instance) =>
    instance.deletion_protection === true
      ? `The machine ${textOf(instance, "name")} is protected: set deletion_protection = false and apply, before it is destroyed.`
      : undefined,
};

/** Rules of machines, and of grants on one. */
export const computeInstances: readonly ResourceRules[] = [
  computeInstance,
  grantOn("google_compute_instance_iam_member", "instance_name"),
  grantOn("google_iap_tunnel_instance_iam_member", "instance"),
];

function grantOn(type: string, machine: string): ResourceRules {
  return {
    ...iamMember(type, ["project", "zone", machine], (grant, cloud) => {
      const path = type.startsWith("google_iap_") ? `iap_tunnel/zones` : "zones";
      return `projects/${projectOf(grant, cloud)}/${path}/${textOf(grant, "zone")}/instances/${textOf(grant, machine)}`;
    }),
    filledByCloud: ["project", "zone"],
    plan: planProject,
  };
}

function instancePath(instance: ValueObject, cloud: Cloud): string {
  return `projects/${projectOf(instance, cloud)}/zones/${textOf(instance, "zone")}/instances/${textOf(instance, "name")}`;
}

/** Another `metadata_startup_script` replaces the machine, unless the same text moves between it and the metadata. */
function replacesScript(prior: ValueObject, planned: ValueObject): boolean {
  const [before, after] = [prior, planned].map((machine) => textOf(machine, "metadata_startup_script")) as [string, string];
  if (before === after) return false;
  const inMetadata = ({ metadata }: ValueObject) => (isObject(metadata) ? textOf(metadata, "startup-script") : "");
  if (before === "") return inMetadata(prior) !== after;
  return after !== "" || inMetadata(planned) !== before;
}

function filledByGoogle(instance: ValueObject, cloud: Cloud): Readonly<Record<string, Value>> {
  const path = instancePath(instance, cloud);
  const [bootDisk = {}] = blocksOf(instance, "boot_disk");
  const [start = {}] = blocksOf(bootDisk, "initialize_params");
  return {
    project: cloud.project,
    cpu_platform: "AMD Rome",
    creation_timestamp: new Date(cloud.now()).toISOString(),
    current_status: textOf(instance, "desired_status") || "RUNNING",
    instance_id: inventedDigits(path, 19),
    label_fingerprint: inventedHex(path, 12),
    metadata_fingerprint: inventedHex(JSON.stringify(instance.metadata), 12),
    tags_fingerprint: "42WmSpB8rSM=",
    self_link: `https://www.googleapis.com/compute/v1/${path}`,
    "attached_disk.device_name": "persistent-disk-1",
    "boot_disk.device_name": "persistent-disk-0",
    "boot_disk.source": `https://www.googleapis.com/compute/v1/${path.replace("/instances/", "/disks/")}`,
    "boot_disk.initialize_params.image": resolvedImage(textOf(start, "image")),
    "boot_disk.initialize_params.size": 10,
    "boot_disk.initialize_params.type": "pd-standard",
    "network_interface.name": "nic0",
    "network_interface.network": "https://www.googleapis.com/compute/v1/projects/unknown/global/networks/trips",
    "network_interface.network_ip": privateAddress(path),
    "network_interface.stack_type": "IPV4_ONLY",
    "network_interface.subnetwork_project": projectOf(instance, cloud),
    scheduling: [{ automatic_restart: true, on_host_maintenance: "MIGRATE", preemptible: false, provisioning_model: "STANDARD" }],
    "scheduling.on_host_maintenance": "MIGRATE",
    "scheduling.provisioning_model": "STANDARD",
    "service_account.email": `${cloud.projectNumber}-compute@developer.gserviceaccount.com`,
    shielded_instance_config: [{ enable_secure_boot: false, enable_vtpm: true, enable_integrity_monitoring: true }],
  };
}

/** The same for the same machine, within 10.10.0.0/20 where the network has its default. */
function privateAddress(path: string): string {
  const number = Number(inventedDigits(path, 6)) % 4000;
  return `10.10.${String(Math.floor(number / 256))}.${String((number % 253) + 2)}`;
}
