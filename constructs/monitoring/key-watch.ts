import { Construct } from "constructs";
import type { LogAlert } from "./log-alert";
import type { Monitoring } from "./monitoring";

/**
 * Tells when somebody makes or uploads a key for any service account of the project: the platform has none, and a key is a password that
 * never expires.
 *
 * ### Cost
 * One alert, see the README; the audit log of administrative acts is free.
 *
 * @see https://cloud.google.com/iam/docs/audit-logging
 */
export class KeyWatch extends Construct {
  /** Fires when a key is made or uploaded. */
  public readonly madeKey: LogAlert;

  constructor(monitoring: Monitoring, id: string) {
    super(monitoring, id);
    this.madeKey = monitoring.addLogAlert(`${id}-made`, {
      title: "Somebody made a key for a service account",
      severity: "CRITICAL",
      whatToDo:
        "Ask who made it and what for; impersonation does what a key is wanted for. Delete the key (`gcloud iam service-accounts keys list --iam-account=…`, then `… keys delete`), and read the audit log for what was done with it.",
      filter: [
        'log_id("cloudaudit.googleapis.com/activity")',
        'resource.type = "service_account"',
        'protoPayload.methodName = ("google.iam.admin.v1.CreateServiceAccountKey" OR "google.iam.admin.v1.UploadServiceAccountKey")',
      ],
      details: { who: "protoPayload.authenticationInfo.principalEmail", account: "resource.labels.email_id" },
      minutesBetweenMessages: 5,
    });
  }
}
