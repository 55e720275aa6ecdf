import { Construct } from "constructs";
import type { Environment } from "../environment/environment";
import { AbsenceAlert } from "./absence-alert";
import type { AbsenceAlertProps } from "./absence-alert-props";
import type { AlertProps, GivenByMonitoring } from "./alert-props";
import { Dashboard } from "./dashboard";
import { EmailChannel } from "./email-channel";
import { LogAlert } from "./log-alert";
import type { LogAlertProps } from "./log-alert-props";
import type { MonitoringProps } from "./monitoring-props";
import { ThresholdAlert } from "./threshold-alert";
import type { ThresholdAlertProps } from "./threshold-alert-props";
import type { QueryTile, Tile } from "./tile";
import { UptimeCheck } from "./uptime-check";
import type { UptimeCheckProps } from "./uptime-check-props";

/**
 * Who is told, and one dashboard: every part of the platform adds its own alerts and charts.
 *
 * ### Cost
 * By alert, see the README.
 */
export class Monitoring extends Construct {
  /** What is watched; for whoever adds to it. */
  public readonly environment: Environment;

  /** One per address. */
  public readonly channels: readonly EmailChannel[];

  public readonly dashboard: Dashboard;

  constructor(scope: Construct, id: string, { environment, emails = [], title = "Trips platform" }: MonitoringProps) {
    super(scope, id);
    this.environment = environment;
    // Named after the address: by position, taking out one would change the next one's.
    this.channels = emails.map((address) => new EmailChannel(this, `email-${address}`, { environment, address }));
    this.dashboard = new Dashboard(this, "dashboard", { environment, title });
  }

  /** Adds a chart to the dashboard, below the others. */
  public addTile(tile: Tile): void {
    this.dashboard.addTile(tile);
  }

  /** Adds a query's chart to the dashboard, below the others. */
  public addQueryTile(tile: QueryTile): void {
    this.dashboard.addQueryTile(tile);
  }

  /** Alerts when a metric is above a value. */
  public addAlert(id: string, props: Omit<ThresholdAlertProps, GivenByMonitoring>): ThresholdAlert {
    return new ThresholdAlert(this, id, { ...this.given(), ...props });
  }

  /** Alerts when something hasn't happened for days. */
  public addAbsenceAlert(id: string, props: Omit<AbsenceAlertProps, GivenByMonitoring>): AbsenceAlert {
    return new AbsenceAlert(this, id, { ...this.given(), ...props });
  }

  /** Alerts when a log entry appears. */
  public addLogAlert(id: string, props: Omit<LogAlertProps, GivenByMonitoring>): LogAlert {
    return new LogAlert(this, id, { ...this.given(), ...props });
  }

  /**
   * Checks a public page, and alerts when it fails.
   *
   * @param whatToDo What to do when it fails, see {@link AlertProps.whatToDo}.
   */
  public addUptimeCheck(id: string, props: Omit<UptimeCheckProps, "environment">, whatToDo: string): UptimeCheck {
    const uptime = new UptimeCheck(this, id, { environment: this.environment, ...props });
    this.addAlert(`${id}-fails`, { title: `${props.title}: not reachable`, whatToDo, severity: "ERROR", ...uptime.failing });
    return uptime;
  }

  private given(): Pick<AlertProps, GivenByMonitoring> {
    return { environment: this.environment, channels: this.channels };
  }
}
