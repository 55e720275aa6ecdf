import { blocksOf, textOf, type ValueObject } from "../../protocol/value";
import type { Cloud } from "../cloud";
import type { ResourceRules } from "../rules";
import { assignedName, objectsOf } from "./assigned-name";
import { alertComplaints } from "./monitoring-alert-checks";
import { planProject, projectOf } from "./project";

const OWN_METRIC = /(logging\.googleapis\.com\/user|custom\.googleapis\.com)\/[^"]+/g;

/** https://github.com/hashicorp/terraform-provider-google/blob/v6.50.0/google/services/monitoring/resource_monitoring_alert_policy.go */
export const monitoringAlertPolicy: ResourceRules = {
  type: "google_monitoring_alert_policy",
  replacedBy: ["project"],
  filledByCloud: ["project"],
  defaults: { enabled: true, "documentation.mime_type": "text/markdown" },
  id: (policy, cloud) => nameOf(policy, cloud),
  filledIn: (policy, cloud) => {
    mustFindMetrics(policy, cloud);
    return {
      project: cloud.project,
      name: nameOf(policy, cloud),
      "conditions.name": `${nameOf(policy, cloud)}/conditions/1`,
      creation_record: [{ mutate_time: new Date(cloud.now()).toISOString(), mutated_by: `terraform@${projectOf(policy, cloud)}` }],
    };
  },
  plan: planProject,
  validate: alertComplaints,
};

const nameOf = (policy: ValueObject, cloud: Cloud) => assignedName(policy, cloud, "alertPolicies", policy.display_name ?? null);

/** @throws Error like Google's, which doesn't take an alert on a metric of one's own before the metric is there. */
function mustFindMetrics(policy: ValueObject, cloud: Cloud): void {
  const known = new Set([
    ...objectsOf(cloud, "google_logging_metric").map((metric) => `logging.googleapis.com/user/${textOf(metric, "name")}`),
    ...objectsOf(cloud, "google_monitoring_metric_descriptor").map((descriptor) => textOf(descriptor, "type")),
  ]);
  const missing = metricsIn(policy).find((type) => !known.has(type));
  if (missing === undefined) return;
  throw new Error(
    `Cannot find metric(s) that match type = "${missing}": the alert "${textOf(policy, "display_name")}" must depend on the google_logging_metric or google_monitoring_metric_descriptor that makes it.`,
  );
}

function metricsIn(policy: ValueObject): string[] {
  const texts = blocksOf(policy, "conditions").flatMap((condition) => [
    ...blocksOf(condition, "condition_threshold").flatMap((each) => [textOf(each, "filter"), textOf(each, "denominator_filter")]),
    ...blocksOf(condition, "condition_absent").map((each) => textOf(each, "filter")),
    ...blocksOf(condition, "condition_prometheus_query_language").map((each) => textOf(each, "query")),
  ]);
  return texts.flatMap((text) => text.match(OWN_METRIC) ?? []);
}
