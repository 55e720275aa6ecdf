import type { Construct } from "constructs";
import type { Configuration } from "../../config/configuration";
import type { Environment } from "../../constructs/environment/environment";
import type { Lake } from "../../constructs/lake/lake";
import { KeyWatch } from "../../constructs/monitoring/key-watch";
import { LakeWatch } from "../../constructs/monitoring/lake-watch";
import { Monitoring } from "../../constructs/monitoring/monitoring";
import { PipelineWatch } from "../../constructs/monitoring/pipeline-watch";
import { WarehouseWatch } from "../../constructs/monitoring/warehouse-watch";
import type { Orchestration } from "./orchestration";

/**
 * Alerts and dashboard as configured, for later parts to add their own to; nothing where it is switched off. Pipelines are watched where there
 * is something in the cloud that runs them.
 */
export function composeMonitoring(
  scope: Construct,
  environment: Environment,
  { monitoring: settings, bootstrap }: Configuration,
  lake: Lake,
  orchestration: Orchestration | undefined,
): Monitoring | undefined {
  if (!settings.enabled) return undefined;
  const { emails, billedGibibytesPerDay, uptimeCheck } = settings;
  const monitoring = new Monitoring(scope, "monitoring", { environment, emails });
  // The account that constructs/bootstrap makes for GitHub's jobs: the bootstrap is a stack of its own.
  const deployers = [
    ...settings.deployers,
    ...(bootstrap.github ? [`trips-ci-deploy@${environment.projectId}.iam.gserviceaccount.com`] : []),
  ];

  if (settings.pipelines && orchestration) {
    const { rejectedShare: maxRejectedShare, overdueDays } = settings;
    new PipelineWatch(monitoring, "pipelines", { logs: orchestration.logs, maxRejectedShare, overdueDays });
  }
  new WarehouseWatch(monitoring, "warehouse", { maxGibibytesPerDay: billedGibibytesPerDay });
  new LakeWatch(monitoring, "lake", { buckets: [lake.raw, lake.clean, lake.quarantine], deployers });
  new KeyWatch(monitoring, "keys");
  if (uptimeCheck.enabled) watchSource(monitoring, uptimeCheck);
  return monitoring;
}

function watchSource(monitoring: Monitoring, { host, path, content, periodMinutes }: Configuration["monitoring"]["uptimeCheck"]): void {
  monitoring.addUptimeCheck(
    "source",
    { title: "Trip files of the TLC", host, path, content, periodMinutes },
    "Wait at first: downloads are retried, and what has landed isn't touched. If it lasts for a day, look on the TLC's page for trip records whether the files have moved, and set the new address in the configuration of ingest and of `monitoring.uptimeCheck`.",
  );
}
