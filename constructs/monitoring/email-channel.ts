import { MonitoringNotificationChannel } from "@cdktf/provider-google/lib/monitoring-notification-channel";
import { Construct } from "constructs";
import type { EmailChannelProps } from "./email-channel-props";

/**
 * Sends alerts by e-mail. Nobody has to confirm the address, so check it: a wrong one swallows the alerts silently.
 *
 * ### Cost
 * None.
 */
export class EmailChannel extends Construct {
  /** The channel itself. */
  public readonly channel: MonitoringNotificationChannel;

  constructor(scope: Construct, id: string, { environment, address }: EmailChannelProps) {
    super(scope, id);
    this.channel = new MonitoringNotificationChannel(this, "channel", {
      project: environment.projectId,
      type: "email",
      displayName: `${address} (${environment.name})`,
      labels: { email_address: address },
      userLabels: { ...environment.labels },
      // Terraform destroys a channel that is taken out before it updates the alerts that name it, which Google would refuse.
      forceDelete: true,
    });
  }
}
