import { UNKNOWN, blocksOf, canonicalText, isObject, textOf, type ValueObject } from "../../protocol/value";
import { inventedHex, type Cloud } from "../cloud";
import type { Complaint, ResourceRules } from "../rules";
import { objectsOf } from "./assigned-name";
import { mustMatch } from "./must-match";
import { mustBeOneOf } from "./one-of";
import { planProject, projectOf } from "./project";

const TARGETS = ["monitored_resource", "resource_group", "synthetic_monitor"];
const ONE_TO_SIXTY_SECONDS = /^([1-9]|[1-5]\d|60)s$/;

/** https://github.com/hashicorp/terraform-provider-google/blob/v6.50.0/google/services/monitoring/resource_monitoring_uptime_check_config.go */
export const monitoringUptimeCheck: ResourceRules = {
  type: "google_monitoring_uptime_check_config",
  replacedBy: ["project", "checker_type", "http_check.request_method", ...TARGETS.flatMap((target) => [target, `${target}.*`])],
  filledByCloud: ["project", "checker_type", "http_check.headers", "http_check.port"],
  defaults: {
    period: "300s",
    "http_check.path": "/",
    "http_check.request_method": "GET",
    "content_matchers.matcher": "CONTAINS_STRING",
    "content_matchers.json_path_matcher.json_matcher": "EXACT_MATCH",
  },
  sensitive: ["http_check.auth_info.password"],
  sameMeaning: { "http_check.path": (prior, planned) => prior === `/${planned}` },
  id: nameOf,
  filledIn: (check, cloud) => ({
    project: cloud.project,
    name: nameOf(check, cloud),
    uptime_check_id: nameOf(check, cloud).split("/").at(-1) ?? "",
    checker_type: "STATIC_IP_CHECKERS",
    "http_check.port": blocksOf(check, "http_check")[0]?.use_ssl === true ? 443 : 80,
  }),
  plan: planProject,
  validate: (config) => [
    ...mustBeOneOf(config, "period", ["60s", "300s", "600s", "900s"]),
    ...mustMatch(config, "timeout", ONE_TO_SIXTY_SECONDS, "1s to 60s"),
    ...targetComplaints(config),
  ],
  refuseDestroy: (check, cloud) => {
    const id = textOf(check, "uptime_check_id");
    const policy = objectsOf(cloud, "google_monitoring_alert_policy").find(({ conditions }) => canonicalText(conditions).includes(id));
    return policy === undefined
      ? undefined
      : `The uptime check "${textOf(check, "display_name")}" has an alert ("${textOf(policy, "display_name")}"): destroy it first.`;
  },
};

function nameOf(check: ValueObject, cloud: Cloud): string {
  const given = textOf(check, "name");
  const title = textOf(check, "display_name");
  const slug = `${title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")}-${inventedHex(title, 11)}`;
  return given !== "" ? given : `projects/${projectOf(check, cloud)}/uptimeCheckConfigs/${slug}`;
}

function targetComplaints(config: ValueObject): Complaint[] {
  const targets = TARGETS.filter((target) => config[target] === UNKNOWN || blocksOf(config, target).length > 0);
  if (targets.length !== 1) return [{ attribute: "monitored_resource", message: `Exactly one of ${TARGETS.join(", ")} must be set.` }];
  return blocksOf(config, "monitored_resource").flatMap(({ type, labels }) =>
    type === "uptime_url" && isObject(labels) && labels.host === undefined
      ? [{ attribute: "monitored_resource", message: 'An "uptime_url" must have the label host.' }]
      : [],
  );
}
