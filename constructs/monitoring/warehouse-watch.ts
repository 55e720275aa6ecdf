import { Construct } from "constructs";
import { googleMetrics } from "./google-metrics";
import type { Monitoring } from "./monitoring";
import type { ThresholdAlert } from "./threshold-alert";
import type { WarehouseWatchProps } from "./warehouse-watch-props";

const BYTES_PER_GIBIBYTE = 2 ** 30;

/**
 * Watches what queries on BigQuery cost: bytes billed in the whole project, whoever asked.
 *
 * ### Cost
 * One alert, see the README.
 */
export class WarehouseWatch extends Construct {
  /** Fires when much was billed within 24 hours. */
  public readonly muchBilled: ThresholdAlert;

  constructor(monitoring: Monitoring, id: string, { maxGibibytesPerDay = 100 }: WarehouseWatchProps = {}) {
    super(monitoring, id);
    const perDay = { aligner: "ALIGN_SUM", periodMinutes: 1440 } as const;
    this.muchBilled = monitoring.addAlert(`${id}-much-billed`, {
      title: `BigQuery billed more than ${String(maxGibibytesPerDay)} GiB within 24 hours`,
      whatToDo: `Who and what: \`\`select user_email, query, total_bytes_billed from \`region-${monitoring.environment.location}\`.INFORMATION_SCHEMA.JOBS_BY_PROJECT where creation_time > timestamp_sub(current_timestamp(), interval 1 day) order by total_bytes_billed desc\`\`. Mostly a query without a filter on the partition column; a custom quota for bytes per user and day stops the next one.`,
      metric: googleMetrics.bytesBilled,
      aggregation: perDay,
      above: maxGibibytesPerDay * BYTES_PER_GIBIBYTE,
    });
    monitoring.addTile({ title: "Bytes billed per day", plot: "STACKED_BAR", metric: googleMetrics.bytesBilled, aggregation: perDay });
  }
}
