import type { TerraformStack } from "cdktf";
import type { Environment } from "../environment/environment";
import { Lake } from "../lake/lake";
import { KeyWatch } from "./key-watch";
import { LakeWatch } from "./lake-watch";
import { LogMetric } from "./log-metric";
import { Monitoring } from "./monitoring";
import { composerTaskLog, jobLog } from "./pipeline-log";
import { PipelineWatch } from "./pipeline-watch";
import { WarehouseWatch } from "./warehouse-watch";

export function example(stack: TerraformStack, environment: Environment): void {
  const monitoring = new Monitoring(stack, "monitoring", { environment, emails: ["data-platform@example.com"] });

  const logs = { deliveries: jobLog("trips-ingest"), failures: composerTaskLog("trips-airflow") };
  new PipelineWatch(monitoring, "pipelines", { logs, maxRejectedShare: 0.02, overdueDays: 45 });

  const { raw, clean, quarantine } = new Lake(stack, "lake", { environment });
  const deployers = ["ci-deploy@acme-dev.iam.gserviceaccount.com"];
  new LakeWatch(monitoring, "lake", { buckets: [raw, clean, quarantine], deployers });
  new WarehouseWatch(monitoring, "warehouse", { maxGibibytesPerDay: 100 });
  new KeyWatch(monitoring, "keys");

  monitoring.addUptimeCheck(
    "source",
    { title: "Trip files of the TLC", host: "d37ci6vzurychx.cloudfront.net", path: "/misc/taxi_zone_lookup.csv", content: "LocationID" },
    "Wait: downloads are retried, and what has landed isn't touched. If it lasts for days, look for a new address on the TLC's page.",
  );

  // Whatever comes later brings its own signals: a metric that exists, an alert on it, a chart.
  const rebalances = new LogMetric(stack, "rebalances", {
    environment,
    name: "trips-rebalances",
    description: "Rebalances of a consumer group.",
    filter: 'resource.type = "gce_instance" AND jsonPayload.event = "rebalance"',
    resourceType: "gce_instance",
  });
  monitoring.addAlert("many-rebalances", {
    title: "Consumers are rebalanced all the time",
    whatToDo: "A consumer dies again and again, or is too slow to poll in time: read its log.",
    metric: rebalances,
    aggregation: { aligner: "ALIGN_SUM", periodMinutes: 10 },
    above: 5,
  });
  monitoring.addTile({
    title: "Rebalances per hour",
    plot: "STACKED_BAR",
    metric: rebalances,
    aggregation: { aligner: "ALIGN_SUM", periodMinutes: 60 },
  });
}
