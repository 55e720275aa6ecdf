import { StorageBucket, type StorageBucketLifecycleRule } from "@cdktf/provider-google/lib/storage-bucket";
import { StorageBucketIamMember, type StorageBucketIamMemberCondition } from "@cdktf/provider-google/lib/storage-bucket-iam-member";
import { Construct } from "constructs";
import type { Grantee } from "../identity/grantee";
import type { AirflowBucketProps } from "./airflow-bucket-props";

const SEVEN_DAYS_IN_SECONDS = 604_800;

/**
 * The bucket that an Airflow environment lives from: `dags/`, `plugins/`, `data/`, `logs/` and its snapshots. Made by us and not by Composer,
 * whose own is neither versioned nor deleted with the environment.
 *
 * ### Cost
 * 0.020 USD per GiB and month (europe-west1, 2026-07): cents.
 *
 * @throws Error when days are no whole number from 1 up.
 * @see https://cloud.google.com/composer/docs/composer-3/custom-bucket
 */
export class AirflowBucket extends Construct {
  /** The bucket itself: standard class and without retention, as Composer demands. */
  public readonly bucket: StorageBucket;

  /** Where snapshots go: `gs://…/snapshots`. */
  public readonly snapshotUrl: string;

  /** As configured, so that it is known before the bucket exists. */
  private readonly name: string;

  constructor(scope: Construct, id: string, props: AirflowBucketProps) {
    super(scope, id);
    const { environment, encryptionKey, logDays = 30, snapshotDays = 14, destroyObjects = false } = props;
    checkDays("logDays", logDays);
    checkDays("snapshotDays", snapshotDays);
    this.name = `${environment.projectId}-airflow`;
    this.bucket = new StorageBucket(this, "bucket", {
      name: this.name,
      location: environment.location,
      storageClass: "STANDARD",
      uniformBucketLevelAccess: true,
      publicAccessPrevention: "enforced",
      versioning: { enabled: true },
      softDeletePolicy: { retentionDurationSeconds: SEVEN_DAYS_IN_SECONDS },
      lifecycleRule: [
        deleted({ numNewerVersions: 3, withState: "ARCHIVED" }),
        // What was deleted has no newer version.
        deleted({ daysSinceNoncurrentTime: 90, withState: "ARCHIVED" }),
        deleted({ age: logDays, matchesPrefix: ["logs/", "data/runs/"] }),
        deleted({ age: snapshotDays, matchesPrefix: ["snapshots/"] }),
      ],
      encryption: encryptionKey && { defaultKmsKeyName: encryptionKey.name },
      forceDestroy: destroyObjects && environment.allowsDataDeletion,
      labels: { ...environment.labels },
      dependsOn: encryptionKey && [encryptionKey.grantService("storage")],
    });
    this.snapshotUrl = `gs://${this.bucket.name}/snapshots`;
  }

  /** Lets the grantee create, replace and delete objects, besides reading them. */
  public grantWrite(grantee: Grantee): StorageBucketIamMember {
    return this.grant(grantee, "write", "roles/storage.objectUser");
  }

  /** Lets the grantee list and read objects. */
  public grantRead(grantee: Grantee): StorageBucketIamMember {
    return this.grant(grantee, "read", "roles/storage.objectViewer");
  }

  /**
   * Lets the grantee read objects below a folder, e.g. `data/`, and see the names of the others: what mounts the bucket must list it.
   *
   * @throws Error when the folder's name has no slash at its end: the grant would hold for others that begin like it.
   */
  public grantReadBelow(folder: string, grantee: Grantee): StorageBucketIamMember {
    const expression = [
      // What is no object (the bucket, which is asked for lists) passes.
      `!resource.name.startsWith("${this.objects("")}")`,
      `resource.name.startsWith("${this.objects(folder)}")`,
      // What mounts a bucket asks for each folder on the way as a file too, and gives up where it may not ask.
      ...waysTo(folder).map((way) => `resource.name == "${this.objects("")}${way}"`),
    ].join(" || ");
    return this.grant(grantee, `read-${folder.replaceAll("/", "-")}`, "roles/storage.objectViewer", {
      title: `Below ${folder}`,
      expression,
    });
  }

  /**
   * Lets the grantee create, replace and delete objects below a folder, e.g. `data/runs/`. It doesn't let him list them, nor see the folders
   * on the way: what mounts the bucket needs {@link grantReadBelow} besides.
   *
   * @throws Error when the folder's name has no slash at its end.
   */
  public grantWriteBelow(folder: string, grantee: Grantee): StorageBucketIamMember {
    const expression = `resource.name.startsWith("${this.objects(folder)}")`;
    return this.grant(grantee, `write-${folder.replaceAll("/", "-")}`, "roles/storage.objectUser", {
      title: `Below ${folder}`,
      expression,
    });
  }

  /** How IAM's conditions name the objects below a folder. */
  private objects(folder: string): string {
    if (folder !== "" && !/^[\w/=.-]+\/$/.test(folder)) {
      throw new Error(`The folder "${folder}" of a grant must be a name with a slash at its end, e.g. "data/runs/".`);
    }
    return `projects/_/buckets/${this.name}/objects/${folder}`;
  }

  private grant(grantee: Grantee, what: string, role: string, condition?: StorageBucketIamMemberCondition): StorageBucketIamMember {
    const { name: bucket } = this.bucket;
    return new StorageBucketIamMember(this, `${grantee.id}-${what}`, { bucket, member: grantee.member, role, condition });
  }
}

/** Names by which a folder's way is looked up: `data`, `data/` and `data/runs` for `data/runs/`, whose own name a grant below it holds for. */
const waysTo = (folder: string): string[] =>
  folder
    .slice(0, -1)
    .split("/")
    .flatMap((_, level, names) => [names.slice(0, level + 1).join("/"), `${names.slice(0, level + 1).join("/")}/`])
    .slice(0, -1);

const deleted = (condition: StorageBucketLifecycleRule["condition"]): StorageBucketLifecycleRule => ({
  action: { type: "Delete" },
  condition,
});

function checkDays(prop: string, days: number): void {
  if (!Number.isInteger(days) || days < 1) throw new Error(`${prop} must be a whole number of days from 1 up, not ${String(days)}.`);
}
