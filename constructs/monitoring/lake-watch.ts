import { Construct } from "constructs";
import { googleMetrics } from "./google-metrics";
import type { LogAlert } from "./log-alert";
import type { Monitoring } from "./monitoring";
import type { LakeWatchProps } from "./lake-watch-props";

const details = { who: "protoPayload.authenticationInfo.principalEmail", bucket: "resource.labels.bucket_name" };
const quoted = (texts: readonly string[], separator: string): string => `(${texts.map((text) => `"${text}"`).join(separator)})`;

/**
 * Watches who may read and write the lake's buckets, by the audit log of administrative acts, which is always on; and charts their size.
 *
 * ### Cost
 * Two alerts, see the README; the audit log of administrative acts is free.
 *
 * @see https://cloud.google.com/storage/docs/audit-logging
 */
export class LakeWatch extends Construct {
  /** Fires when a grant to everybody is made, or tried. */
  public readonly publicGrant: LogAlert;

  /** Fires when somebody else than a deployer changes grants. */
  public readonly changedGrants: LogAlert;

  constructor(monitoring: Monitoring, id: string, { buckets, deployers = [] }: LakeWatchProps) {
    super(monitoring, id);
    const names = buckets.map(({ bucket }) => bucket.name);
    const grantChanged = [
      'log_id("cloudaudit.googleapis.com/activity")',
      'resource.type = "gcs_bucket"',
      `resource.labels.bucket_name = ${quoted(names, " OR ")}`,
      'protoPayload.methodName = "storage.setIamPermissions"',
    ];
    this.publicGrant = monitoring.addLogAlert(`${id}-public`, {
      title: "Somebody tried to make a bucket of the lake public",
      severity: "CRITICAL",
      whatToDo:
        "The buckets enforce public access prevention, which should have refused it: check that it is still enforced. Take the grant back, ask who did it, and read the access log for what was fetched meanwhile.",
      filter: [...grantChanged, 'protoPayload.serviceData.policyDelta.bindingDeltas.member = ("allUsers" OR "allAuthenticatedUsers")'],
      details,
      minutesBetweenMessages: 5,
    });
    this.changedGrants = monitoring.addLogAlert(`${id}-grants`, {
      title: "Grants on a bucket of the lake were changed by hand",
      whatToDo:
        "Grants are made by the deployment alone. Was it one, by an account that `monitoring.deployers` doesn't name? Then name it. If not, ask who did it; the next plan doesn't show a grant that Terraform didn't make, so take it back by hand.",
      filter: [
        ...grantChanged,
        ...(deployers.length > 0 ? [`NOT protoPayload.authenticationInfo.principalEmail = ${quoted(deployers, " OR ")}`] : []),
      ],
      details,
    });
    monitoring.addTile({
      title: "Bytes stored per bucket",
      metric: googleMetrics.bucketBytes,
      where: [`resource.label.bucket_name = one_of${quoted(names, ", ")}`],
      aggregation: { aligner: "ALIGN_MEAN", periodMinutes: 1440, groupBy: ["resource.label.bucket_name"] },
    });
  }
}
