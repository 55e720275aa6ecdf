import { ProjectIamMember } from "@cdktf/provider-google/lib/project-iam-member";
import type { StorageBucket } from "@cdktf/provider-google/lib/storage-bucket";
import { StorageBucketIamMember } from "@cdktf/provider-google/lib/storage-bucket-iam-member";
import { StorageBucketObject } from "@cdktf/provider-google/lib/storage-bucket-object";
import type { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import type { Grantee } from "../identity/grantee";
import type { SparkArtifactsProps } from "./spark-artifacts-props";
import { sparkBucket } from "./spark-bucket";

const EVENTS = "events/";
/** How event logs end: with the application's number, maybe compressed, or so when the application never ended. A folder ends with a slash. */
const EVENT_LOG_ENDS = [..."0123456789", ".zstd", ".inprogress"];
const LEAST_SCRATCH_DAYS = 15;

/**
 * The two buckets that Spark works with, in place of those that Dataproc would make for itself in a location of its choice: `artifacts` for jobs
 * and event logs, `scratch` for what Dataproc writes meanwhile.
 *
 * ### Cost
 * Storage only: 0.020 USD per GiB and month (europe-west1, 2026-07), a few cents; nothing while they are empty.
 *
 * @throws Error when a bucket's name would break Cloud Storage's rules, or days are too few.
 * @see https://cloud.google.com/dataproc/docs/concepts/configuring-clusters/staging-bucket
 */
export class SparkArtifacts extends Construct {
  /** Jobs below `jobs/`, event logs below `events/`. */
  public readonly bucket: StorageBucket;

  /** Dataproc's staging and temporary files. */
  public readonly scratch: StorageBucket;

  /** Pattern of all folders with event logs, as a history server reads them. */
  public readonly eventLogs: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: SparkArtifactsProps,
  ) {
    super(scope, id);
    const { eventLogDays = 90, scratchDays = 30 } = props;
    checkDays("eventLogDays", eventLogDays, 1);
    checkDays("scratchDays", scratchDays, LEAST_SCRATCH_DAYS);

    this.bucket = sparkBucket(this, "artifacts", props, "spark", 7, [
      { action: { type: "Delete" }, condition: { daysSinceNoncurrentTime: 7, withState: "ARCHIVED" } },
      // By their ends: the folders themselves, which are objects too, have to stay.
      { action: { type: "Delete" }, condition: { age: eventLogDays, matchesPrefix: [EVENTS], matchesSuffix: EVENT_LOG_ENDS } },
    ]);
    this.scratch = sparkBucket(this, "scratch", props, "spark-scratch", 0, [
      { action: { type: "Delete" }, condition: { age: scratchDays } },
      { action: { type: "Delete" }, condition: { daysSinceNoncurrentTime: 1, withState: "ARCHIVED" } },
    ]);
    this.eventLogs = `gs://${this.bucket.name}/${EVENTS}*/spark-job-history`;
  }

  /**
   * Makes the folder into which the applications of one cluster, or of all batches, write their event logs: Spark refuses to start when it is
   * not there.
   *
   * @returns Its `gs://` address, with a slash at its end.
   */
  public addEventLogs(writer: string): string {
    const folder = new StorageBucketObject(this, `events-${writer}`, {
      bucket: this.bucket.name,
      name: `${EVENTS}${writer}/spark-job-history/`,
      content: " ",
      contentType: "text/plain",
    });
    // By its name, so that whoever writes there waits for it.
    return `gs://${this.bucket.name}/${folder.name}`;
  }

  /**
   * Lets the workload run on Dataproc, with these buckets. Google's role for it (`roles/dataproc.worker`) holds all rights on all objects of the
   * project; a condition keeps it to these two buckets, so that what Spark may read and write elsewhere is still granted there.
   *
   * @see https://cloud.google.com/dataproc/docs/concepts/configuring-clusters/service-accounts#dataproc_service_accounts_2
   * @see https://cloud.google.com/iam/docs/configuring-resource-based-access
   */
  public grantWorker(grantee: Grantee): TerraformResource[] {
    const { projectId } = this.props.environment;
    const isNotStorage = ["Bucket", "Object"].map((type) => `resource.type != "storage.googleapis.com/${type}"`).join(" && ");
    const worker = new ProjectIamMember(this, `${grantee.id}-worker`, {
      project: projectId,
      role: "roles/dataproc.worker",
      member: grantee.member,
      condition: {
        title: "Of buckets Spark's only",
        expression: `(${isNotStorage}) || resource.name.startsWith("projects/_/buckets/${projectId}-spark")`,
      },
    });
    return [
      worker,
      this.grant(this.bucket, "write-artifacts", "objectUser", grantee),
      this.grant(this.scratch, "write-scratch", "objectUser", grantee),
    ];
  }

  /** Lets the grantee read jobs, event logs and the output of jobs: whoever submits them wants to see why one failed. */
  public grantRead(grantee: Grantee): TerraformResource[] {
    return [
      this.grant(this.bucket, "read-artifacts", "objectViewer", grantee),
      this.grant(this.scratch, "read-scratch", "objectViewer", grantee),
    ];
  }

  private grant(bucket: StorageBucket, what: string, role: string, { id, member }: Grantee): StorageBucketIamMember {
    return new StorageBucketIamMember(this, `${id}-${what}`, { bucket: bucket.name, role: `roles/storage.${role}`, member });
  }
}

function checkDays(prop: string, days: number, least: number): void {
  if (Number.isInteger(days) && days >= least) return;
  throw new Error(`${prop} of Spark's buckets must be a whole number of days from ${String(least)}, not ${String(days)}.`);
}
