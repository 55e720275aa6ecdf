import type { ResourceRules } from "../rules";
import { monitoringAlertPolicy } from "./monitoring-alert-policy";
import { monitoringChannel } from "./monitoring-channel";
import { monitoringDashboard } from "./monitoring-dashboard";
import { monitoringMetricDescriptor } from "./monitoring-metric-descriptor";
import { monitoringUptimeCheck } from "./monitoring-uptime-check";

/** Rules of Cloud Monitoring: who is told, of what, and what is charted. */
export const monitoring: readonly ResourceRules[] = [
  monitoringChannel,
  monitoringMetricDescriptor,
  monitoringAlertPolicy,
  monitoringDashboard,
  monitoringUptimeCheck,
];
