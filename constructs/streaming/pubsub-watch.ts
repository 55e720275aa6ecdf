import { Construct } from "constructs";
import { googleMetrics } from "../monitoring/google-metrics";
import type { Monitoring } from "../monitoring/monitoring";
import type { ThresholdAlert } from "../monitoring/threshold-alert";
import type { PubSubWatchProps } from "./pubsub-watch-props";

/**
 * Watches whether events arrive in BigQuery, and whether some were put aside; and charts what waits.
 *
 * ### Cost
 * Two alerts, see the README of monitoring.
 */
export class PubSubWatch extends Construct {
  /** Fires when the oldest event has waited for long. */
  public readonly fallenBehind: ThresholdAlert;

  /** Fires when an event was put aside and nobody has dealt with it yet. */
  public readonly deadLetter: ThresholdAlert;

  constructor(monitoring: Monitoring, id: string, { events, toBigQuery, maxWaitMinutes = 10 }: PubSubWatchProps) {
    super(monitoring, id);
    const writer = toBigQuery.subscription.name;
    const aside = events.deadLetters.subscription.name;
    const ofSubscription = (name: string) => [`resource.label.subscription_id = "${name}"`];
    const aggregation = { aligner: "ALIGN_MAX", reducer: "REDUCE_MAX", periodMinutes: 5 } as const;
    this.fallenBehind = monitoring.addAlert(`${id}-fallen-behind`, {
      title: `Events have waited for BigQuery for more than ${String(maxWaitMinutes)} minutes`,
      severity: "ERROR",
      whatToDo: `Look at the state of the subscription \`${writer}\`: without its table or its right to write it stands still (\`gcloud pubsub subscriptions describe ${writer}\` says which); deploy again. An event that can't be written holds back those of its zone until it is put aside, which takes minutes. Nothing is lost for \`streaming.pubsub.retentionDays\`.`,
      metric: googleMetrics.oldestWaitingMessage,
      where: ofSubscription(writer),
      aggregation,
      above: maxWaitMinutes * 60,
      forMinutes: 5,
    });
    this.deadLetter = monitoring.addAlert(`${id}-dead-letter`, {
      title: "Events could not be delivered",
      whatToDo: `They lie in \`${aside}\` for 31 days: \`gcloud pubsub subscriptions pull ${aside} --limit 10\` shows them without taking them. Mostly a value that doesn't fit its column, or a table without a column that it needs. Mend the producer or the contract, publish them again, then acknowledge them (\`--auto-ack\`), which ends this alert.`,
      metric: googleMetrics.waitingMessages,
      where: ofSubscription(aside),
      aggregation,
      above: 0,
    });
    monitoring.addTile({
      title: "Events that wait, by subscription",
      metric: googleMetrics.waitingMessages,
      where: [`resource.label.subscription_id = starts_with("${events.name}")`],
      aggregation: { ...aggregation, groupBy: ["resource.label.subscription_id"] },
    });
    monitoring.addTile({
      title: "Seconds for which the oldest event has waited",
      metric: googleMetrics.oldestWaitingMessage,
      where: ofSubscription(writer),
      aggregation,
    });
  }
}
