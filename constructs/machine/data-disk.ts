import { ComputeDisk } from "@cdktf/provider-google/lib/compute-disk";
import { ComputeDiskResourcePolicyAttachment } from "@cdktf/provider-google/lib/compute-disk-resource-policy-attachment";
import { ComputeResourcePolicy } from "@cdktf/provider-google/lib/compute-resource-policy";
import { Construct } from "constructs";
import type { DataDiskProps } from "./data-disk-props";

/** UTC; Google begins within the hour that follows. */
const SNAPSHOT_HOUR = "02:00";

/**
 * A disk that outlives its machine, with a snapshot a day.
 *
 * ### Cost
 * Per GiB and month 0.10 USD (pd-balanced), 0.17 (pd-ssd) or 0.04 (pd-standard), also while the machine is off; snapshots 0.05 USD per GiB of what
 * changed (europe-west1, 2026-07).
 *
 * @throws Error when size, folder or days are none.
 * @see https://cloud.google.com/compute/docs/disks/scheduled-snapshots
 */
export class DataDisk extends Construct {
  /** The disk itself. */
  public readonly disk: ComputeDisk;

  /** When snapshots are made, and how long they are kept; not there without snapshots. */
  public readonly snapshots?: ComputeResourcePolicy;

  /** Folder under which the machine finds it. */
  public readonly mountPoint: string;

  constructor(scope: Construct, id: string, props: DataDiskProps) {
    super(scope, id);
    const { environment, name, zone, encryptionKey, destroyData = false } = props;
    const { gigabytes = 20, type = "pd-balanced", mountPoint = "/data", snapshotDays = 7 } = props;
    checkDataDisk(name, gigabytes, mountPoint, snapshotDays);
    const deletable = destroyData && environment.allowsDataDeletion;
    this.mountPoint = mountPoint;
    this.disk = new ComputeDisk(this, "disk", {
      project: environment.projectId,
      zone,
      name,
      size: gigabytes,
      type,
      labels: { ...environment.labels },
      diskEncryptionKey: encryptionKey && { kmsKeySelfLink: encryptionKey.name },
      dependsOn: encryptionKey && [encryptionKey.grantService("compute")],
      lifecycle: { preventDestroy: !deletable },
    });
    if (snapshotDays > 0) this.snapshots = this.schedule(props, snapshotDays, deletable);
  }

  private schedule({ environment, name, zone }: DataDiskProps, maxRetentionDays: number, deletable: boolean): ComputeResourcePolicy {
    const { projectId: project, location: region, labels } = environment;
    const policy = new ComputeResourcePolicy(this, "snapshots", {
      project,
      region,
      name: `${name}-daily`,
      description: `Snapshots of ${name}.`,
      snapshotSchedulePolicy: {
        schedule: { dailySchedule: { daysInCycle: 1, startTime: SNAPSHOT_HOUR } },
        // The last resort after a disk was deleted by hand.
        retentionPolicy: { maxRetentionDays, onSourceDiskDelete: deletable ? "APPLY_RETENTION_POLICY" : "KEEP_AUTO_SNAPSHOTS" },
        snapshotProperties: { labels: { ...labels }, storageLocations: [region] },
      },
    });
    new ComputeDiskResourcePolicyAttachment(this, "snapshot-schedule", { project, zone, disk: this.disk.name, name: policy.name });
    return policy;
  }
}

function checkDataDisk(name: string, gigabytes: number, mountPoint: string, snapshotDays: number): void {
  if (!Number.isInteger(gigabytes) || gigabytes < 10 || gigabytes > 65_536) {
    throw new Error(`gigabytes of the disk "${name}" must be a whole number from 10 to 65536, not ${String(gigabytes)}.`);
  }
  if (!/^(\/[a-z0-9][\w.-]*)+$/.test(mountPoint)) {
    throw new Error(`mountPoint of the disk "${name}" must be a folder such as /data or /var/lib/kafka, not "${mountPoint}".`);
  }
  if (!Number.isInteger(snapshotDays) || snapshotDays < 0) {
    throw new Error(
      `snapshotDays of the disk "${name}" must be a whole number of days, or 0 for no snapshots, not ${String(snapshotDays)}.`,
    );
  }
}
