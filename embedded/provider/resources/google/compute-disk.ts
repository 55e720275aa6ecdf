import { textOf, type ValueObject } from "../../protocol/value";
import { inventedDigits, type Cloud } from "../cloud";
import type { Complaint, ResourceRules } from "../rules";
import { nameComplaints, sameResource } from "./compute-name";
import { sameImage } from "./compute-image";
import { planLabels } from "./labels";
import { mustMatch } from "./must-match";
import { planProject, projectOf } from "./project";

const lastOf = (path: string): string => path.split("/").at(-1) ?? "";

/** https://github.com/hashicorp/terraform-provider-google/blob/v6.50.0/google/services/compute/resource_compute_disk.go */
const computeDisk: ResourceRules = {
  type: "google_compute_disk",
  replacedBy: [
    "name",
    "architecture",
    "async_primary_disk",
    "async_primary_disk.*",
    "description",
    "disk_encryption_key",
    "disk_encryption_key.kms_key_self_link",
    "disk_encryption_key.kms_key_service_account",
    "disk_encryption_key.raw_key",
    "disk_encryption_key.rsa_encrypted_key",
    "enable_confidential_compute",
    "guest_os_features.*",
    "image",
    "licenses",
    "params",
    "params.*",
    "physical_block_size_bytes",
    "project",
    "snapshot",
    "source_disk",
    "source_image_encryption_key.*",
    "source_instant_snapshot",
    "source_snapshot_encryption_key.*",
    "source_storage_object",
    "storage_pool",
    "type",
    "zone",
  ],
  filledByCloud: [
    "access_mode",
    "enable_confidential_compute",
    "guest_os_features",
    "licenses",
    "physical_block_size_bytes",
    "project",
    "provisioned_iops",
    "provisioned_throughput",
    "size",
    "zone",
  ],
  defaults: { type: "pd-standard" },
  sensitive: ["disk_encryption_key.raw_key", "disk_encryption_key.rsa_encrypted_key"],
  sameMeaning: {
    image: sameImage,
    type: (prior, planned) => lastOf(prior) === lastOf(planned),
    zone: sameResource,
    "disk_encryption_key.kms_key_self_link": sameResource,
  },
  // It grows in place.
  alsoReplacedBy: (prior, planned) =>
    typeof prior.size === "number" && typeof planned.size === "number" && planned.size < prior.size ? ["size"] : [],
  id: diskPath,
  filledIn: (disk, cloud) => ({
    project: cloud.project,
    access_mode: "READ_WRITE_SINGLE",
    creation_timestamp: new Date(cloud.now()).toISOString(),
    disk_id: inventedDigits(diskPath(disk, cloud), 19),
    label_fingerprint: "42WmSpB8rSM=",
    physical_block_size_bytes: 4096,
    self_link: `https://www.googleapis.com/compute/v1/${diskPath(disk, cloud)}`,
    size: textOf(disk, "type") === "pd-standard" ? 500 : 100,
  }),
  plan: (change, cloud) => {
    planProject(change, cloud);
    planLabels(change, cloud);
  },
  validate: (config) => [...nameComplaints(config), ...zoneComplaints(config)],
};

/** https://github.com/hashicorp/terraform-provider-google/blob/v6.50.0/google/services/compute/resource_compute_disk_resource_policy_attachment.go */
const diskPolicy: ResourceRules = {
  type: "google_compute_disk_resource_policy_attachment",
  replacedBy: ["disk", "name", "project", "zone"],
  filledByCloud: ["project", "zone"],
  sameMeaning: { disk: sameResource, zone: sameResource },
  id: (attachment, cloud) =>
    [projectOf(attachment, cloud), ...["zone", "disk", "name"].map((name) => lastOf(textOf(attachment, name)))].join("/"),
  filledIn: (_attachment, cloud) => ({ project: cloud.project }),
  plan: planProject,
  validate: zoneComplaints,
};

/** Rules of disks and their schedules. */
export const computeDisks: readonly ResourceRules[] = [computeDisk, diskPolicy];

function diskPath(disk: ValueObject, cloud: Cloud): string {
  return `projects/${projectOf(disk, cloud)}/zones/${lastOf(textOf(disk, "zone"))}/disks/${textOf(disk, "name")}`;
}

function zoneComplaints(config: ValueObject): Complaint[] {
  return mustMatch(config, "zone", /^(.*\/)?[a-z]+-[a-z]+\d+-[a-f]$/, "a zone such as europe-west1-b");
}
