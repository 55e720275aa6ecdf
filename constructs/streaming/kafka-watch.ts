import { Construct } from "constructs";
import { CustomMetric } from "../monitoring/custom-metric";
import type { Monitoring } from "../monitoring/monitoring";
import type { ThresholdAlert } from "../monitoring/threshold-alert";
import type { KafkaWatchProps } from "./kafka-watch-props";

/**
 * Watches how far consumer groups lag behind and how full the brokers' disks are, as the brokers tell every minute; and charts both.
 *
 * ### Cost
 * Two alerts, see the README of monitoring; of the values some KiB a month.
 */
export class KafkaWatch extends Construct {
  /** Records that a group has still to read, by `group`. */
  public readonly lag: CustomMetric;

  /** Share of its disk that a broker uses, by `broker`. */
  public readonly disk: CustomMetric;

  /** Fires when a group falls behind. */
  public readonly fallenBehind: ThresholdAlert;

  /** Fires when a disk is nearly full. */
  public readonly fullDisk: ThresholdAlert;

  constructor(monitoring: Monitoring, id: string, props: KafkaWatchProps) {
    super(monitoring, id);
    const { broker, maxLag = 100_000, maxDiskShare = 0.8 } = props;
    const { environment } = monitoring;
    this.lag = new CustomMetric(this, "lag", {
      environment,
      name: "trips/kafka_consumer_lag",
      description: "Records that a consumer group has still to read, written every minute.",
      valueType: "INT64",
      unit: "{records}",
      labels: { group: "Id of the consumer group" },
    });
    this.disk = new CustomMetric(this, "disk", {
      environment,
      name: "trips/kafka_disk_used_share",
      description: "Share of its data disk that a broker uses, written every minute.",
      valueType: "DOUBLE",
      labels: { broker: "Number of the broker, from 1" },
    });
    broker.grantProjectRole("roles/monitoring.metricWriter");

    const aggregation = { aligner: "ALIGN_MAX", reducer: "REDUCE_MAX", periodMinutes: 5 } as const;
    const byGroup = { ...aggregation, groupBy: ["metric.label.group"] };
    const byBroker = { ...aggregation, groupBy: ["metric.label.broker"] };
    this.fallenBehind = monitoring.addAlert(`${id}-lag`, {
      title: `A consumer group of Kafka is more than ${String(maxLag)} records behind`,
      whatToDo:
        "Does the consumer run (`systemctl status trips-streams trips-connect` on the first broker)? If it does, is its lag falling? Then it is catching up: wait. If it grows, add members, at most as many as the topic has partitions. What is older than the topic's retention is lost to it.",
      metric: this.lag,
      aggregation: byGroup,
      above: maxLag,
      forMinutes: 10,
    });
    this.fullDisk = monitoring.addAlert(`${id}-disk`, {
      title: `A broker's disk is more than ${String(Math.round(maxDiskShare * 100))} % full`,
      severity: "ERROR",
      whatToDo:
        "A broker whose disk is full stops. Raise `streaming.kafka.diskGigabytes`, deploy, and start the machine anew: the file system grows with its disk. `contracts/topics.ts` bounds what topics keep, so look what else has grown: `du -sh /var/lib/trips-streaming/kafka/* | sort -h`.",
      metric: this.disk,
      aggregation: byBroker,
      above: maxDiskShare,
      forMinutes: 5,
    });
    monitoring.addTile({ title: "Records that consumer groups have still to read", metric: this.lag, aggregation: byGroup });
    monitoring.addTile({ title: "Share of the brokers' disks in use", metric: this.disk, aggregation: byBroker });
  }
}
