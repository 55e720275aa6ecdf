import { CloudRunV2Job, type CloudRunV2JobTemplateTemplate } from "@cdktf/provider-google/lib/cloud-run-v2-job";
import { CloudRunV2JobIamMember } from "@cdktf/provider-google/lib/cloud-run-v2-job-iam-member";
import { Construct } from "constructs";
import type { Grantee } from "../identity/grantee";
import { checkSize, checkWhatRuns } from "./work-job-checks";
import type { BucketMount, WorkJobProps } from "./work-job-props";

const VOLUME = "bucket";
const SECONDS_PER_MINUTE = 60;

/**
 * A program that somebody starts with arguments of his own and that runs once, under its own account, and never again by itself: a Cloud Run
 * job of one task without retries. Who starts it decides what a failure means.
 *
 * ### Cost
 * While it runs 0.000018 USD per vCPU and 0.000002 USD per GiB and second (2026-07, of medium certainty): an hour of 2 vCPU and 4 GiB is 0.16
 * USD. The first 240,000 vCPU-seconds and 450,000 GiB-seconds of a billing account and month are free. Nothing while it doesn't run.
 *
 * @throws Error when Cloud Run would refuse the size, or name, image, command, variables or mount can't be a job's.
 * @see https://cloud.google.com/run/pricing
 */
export class WorkJob extends Construct {
  /** The job itself. */
  public readonly job: CloudRunV2Job;

  /** `trips-<name>`; as configured, so that it is known before the job exists. */
  public readonly name: string;

  constructor(scope: Construct, id: string, props: WorkJobProps) {
    super(scope, id);
    const { environment, encryptionKey } = props;
    const { cpu = 1, memoryGib = 2, timeoutMinutes = 60 } = props;
    checkWhatRuns(props);
    checkSize(cpu, memoryGib, timeoutMinutes);
    this.name = `trips-${props.name}`;
    this.job = new CloudRunV2Job(this, "job", {
      project: environment.projectId,
      location: environment.location,
      name: this.name,
      template: { taskCount: 1, parallelism: 1, template: task(props, { cpu, memoryGib, timeoutMinutes }) },
      // It holds nothing: made anew, it is the same.
      deletionProtection: false,
      labels: { ...environment.labels },
      dependsOn: encryptionKey && [encryptionKey.grantService("run")],
    });
  }

  /**
   * Lets the grantee start runs, with arguments and variables of his own. He can do by that whatever the job's account can do. To see how a run
   * goes takes `roles/run.viewer` on the project besides: the operation that is asked for it belongs to no job.
   *
   * @see https://cloud.google.com/iam/docs/roles-permissions/run
   */
  public grantRun(grantee: Grantee): CloudRunV2JobIamMember {
    const { project, location, name } = this.job;
    return new CloudRunV2JobIamMember(this, `${grantee.id}-run`, {
      project,
      location,
      name,
      role: "roles/run.jobsExecutorWithOverrides",
      member: grantee.member,
    });
  }
}

function task(
  { identity, image, command, variables = {}, mount, network, encryptionKey }: WorkJobProps,
  { cpu, memoryGib, timeoutMinutes }: { readonly cpu: number; readonly memoryGib: number; readonly timeoutMinutes: number },
): CloudRunV2JobTemplateTemplate {
  return {
    serviceAccount: identity.account.email,
    // The older environment can't mount buckets.
    executionEnvironment: "EXECUTION_ENVIRONMENT_GEN2",
    maxRetries: 0,
    timeout: `${String(timeoutMinutes * SECONDS_PER_MINUTE)}s`,
    encryptionKey: encryptionKey?.name,
    containers: [
      {
        image,
        command: [...command],
        env: Object.entries(variables).map(([name, value]) => ({ name, value })),
        resources: { limits: { cpu: String(cpu), memory: `${String(memoryGib * 1024)}Mi` } },
        ...(mount ? { volumeMounts: [{ name: VOLUME, mountPath: mount.path }] } : {}),
      },
    ],
    ...(mount ? { volumes: [volume(mount)] } : {}),
    ...(network
      ? {
          vpcAccess: {
            egress: "PRIVATE_RANGES_ONLY",
            networkInterfaces: [{ network: network.vpc.id, subnetwork: network.subnet.id }],
          },
        }
      : {}),
  };
}

// Not read-only, since that would be all of it: a folder of the bucket can't be mounted by itself.
const volume = ({ bucket }: BucketMount) => ({ name: VOLUME, gcs: { bucket: bucket.name, readOnly: false } });
