import { canonicalText, equal, isObject, textOf, type Value, type ValueObject } from "../../protocol/value";
import { inventedHex, type Cloud } from "../cloud";
import type { ResourceRules } from "../rules";
import { planProject, projectOf } from "./project";

/** https://github.com/hashicorp/terraform-provider-google/blob/v6.50.0/google/services/monitoring/resource_monitoring_dashboard.go */
export const monitoringDashboard: ResourceRules = {
  type: "google_monitoring_dashboard",
  replacedBy: ["project"],
  filledByCloud: ["project"],
  normalized: { dashboard_json: (text) => canonicalText(parsed(text) ?? text) },
  sameMeaning: { dashboard_json: sameDashboard },
  id: idOf,
  filledIn: (_dashboard, cloud) => ({ project: cloud.project }),
  plan: planProject,
  validate: (config) => {
    const text = textOf(config, "dashboard_json");
    if (text === "") return [];
    const dashboard = parsed(text);
    if (!isObject(dashboard)) return [{ attribute: "dashboard_json", message: "It must be the JSON of a dashboard." }];
    return typeof dashboard.displayName === "string"
      ? []
      : [{ attribute: "dashboard_json", message: 'A dashboard must have a "displayName".' }];
  },
};

/** By the first name that it had: Google gives it a number of its own, which the state keeps as its id alone. */
function idOf(dashboard: ValueObject, cloud: Cloud): string {
  const given = textOf(dashboard, "id");
  const seed = parsed(textOf(dashboard, "dashboard_json"));
  const uuid = inventedHex(isObject(seed) ? textOf(seed, "displayName") : "", 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  return given !== "" ? given : `projects/${cloud.projectNumber || projectOf(dashboard, cloud)}/dashboards/${uuid}`;
}

function parsed(text: string): Value | undefined {
  try {
    return JSON.parse(text) as Value;
  } catch {
    return undefined;
  }
}

/** Whether a dashboard is as planned, but for what the cloud added to it. */
function sameDashboard(prior: string, planned: string): boolean {
  const before = parsed(prior);
  const after = parsed(planned);
  return before !== undefined && after !== undefined && equal(withoutAdditions(before, after), after);
}

function withoutAdditions(before: Value, after: Value): Value {
  if (Array.isArray(before) && Array.isArray(after)) {
    return before.map((element, index) => withoutAdditions(element, after[index] ?? null));
  }
  if (!isObject(before) || !isObject(after)) return before;
  const kept: ValueObject = {};
  for (const [key, value] of Object.entries(before)) {
    const planned = after[key] ?? null;
    if (planned !== null) kept[key] = withoutAdditions(value, planned);
  }
  return kept;
}
