import {
  MonitoringAlertPolicy,
  type MonitoringAlertPolicyAlertStrategy,
  type MonitoringAlertPolicyConditions,
} from "@cdktf/provider-google/lib/monitoring-alert-policy";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { AlertProps } from "./alert-props";

/** What the kinds of alerts differ in. */
export interface AlertKind {
  readonly condition: Omit<MonitoringAlertPolicyConditions, "displayName">;
  readonly strategy?: Omit<MonitoringAlertPolicyAlertStrategy, "autoClose">;
  readonly dependsOn?: readonly ITerraformDependable[];

  /** Added to the text that says what to do. */
  readonly details?: string;
}

const SECONDS_PER_HOUR = 3600;

/** What all alerts have in common: one condition, a text that says what to do, and channels to tell. */
export abstract class Alert extends Construct {
  /** The policy itself. */
  public readonly policy: MonitoringAlertPolicy;

  /** @throws Error when there is nothing to do, or incidents would close sooner or later than Google allows. */
  protected constructor(scope: Construct, id: string, props: AlertProps, { condition, strategy, dependsOn = [], details = "" }: AlertKind) {
    super(scope, id);
    const { environment, channels, title, whatToDo, severity = "WARNING", autoCloseHours = 24 } = props;
    if (whatToDo.trim() === "")
      throw new Error(`The alert "${title}" doesn't say what to do: say it in "whatToDo", or leave the alert out.`);
    if (autoCloseHours < 0.5 || autoCloseHours > 168) {
      throw new Error(`The alert "${title}" closes after ${String(autoCloseHours)} hours: "autoCloseHours" must be 0.5 to 168.`);
    }
    this.policy = new MonitoringAlertPolicy(this, "policy", {
      project: environment.projectId,
      displayName: `${title} (${environment.name})`,
      combiner: "OR",
      conditions: [{ displayName: title, ...condition }],
      severity,
      documentation: { subject: `${environment.name}: ${title}`, content: whatToDo + details, mimeType: "text/markdown" },
      alertStrategy: { autoClose: `${String(autoCloseHours * SECONDS_PER_HOUR)}s`, ...strategy },
      notificationChannels: channels.map(({ channel }) => channel.name),
      userLabels: { ...environment.labels },
      dependsOn: [...dependsOn],
    });
  }
}
