import { blocksOf, textOf, type ValueObject } from "../../protocol/value";
import { inventedHex, type Cloud } from "../cloud";
import type { Complaint, ResourceRules } from "../rules";
import { planLabels } from "./labels";
import { planProject, projectOf } from "./project";

const SCAN_ID = /^[a-z]([a-z0-9-]*[a-z0-9])?$/;
const RULE_NAME = /^[a-zA-Z]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/;
const SPECS = ["data_quality_spec", "data_profile_spec", "data_discovery_spec"] as const;
const EXPECTATIONS = [
  "non_null_expectation",
  "range_expectation",
  "regex_expectation",
  "row_condition_expectation",
  "set_expectation",
  "sql_assertion",
  "statistic_range_expectation",
  "table_condition_expectation",
  "uniqueness_expectation",
] as const;

export const dataplexDatascan: ResourceRules = {
  type: "google_dataplex_datascan",
  replacedBy: ["data", "data.*", "data_scan_id", "execution_spec.field", "location", "project"],
  filledByCloud: ["project"],
  defaults: {
    "data_quality_spec.rules.suspended": false,
    "data_quality_spec.rules.range_expectation.strict_max_enabled": false,
    "data_quality_spec.rules.range_expectation.strict_min_enabled": false,
    "data_quality_spec.rules.statistic_range_expectation.strict_max_enabled": false,
    "data_quality_spec.rules.statistic_range_expectation.strict_min_enabled": false,
  },
  changedByUpdate: ["update_time"],
  id: (scan, cloud) => path(scan, cloud),
  filledIn: (scan, cloud) => ({
    project: cloud.project,
    name: path(scan, cloud),
    uid: inventedHex(`${path(scan, cloud)}${String(cloud.now())}`, 32),
    state: "ACTIVE",
    type: blocksOf(scan, "data_quality_spec").length > 0 ? "DATA_QUALITY" : "DATA_PROFILE",
    create_time: new Date(cloud.now()).toISOString(),
    update_time: new Date(cloud.now()).toISOString(),
  }),
  plan: (change, cloud) => {
    planProject(change, cloud);
    // The provider asks for no label of its own here.
    planLabels(change, { ...cloud, labelsCreations: false });
  },
  validate: (config) => [
    ...scanIdComplaints(config),
    ...exactlyOne(config, SPECS, "data_quality_spec"),
    ...blocksOf(config, "data").flatMap((data) =>
      (data.entity === null) === (data.resource === null)
        ? [{ attribute: "data", message: "Exactly one of entity, resource must be set." }]
        : [],
    ),
    ...blocksOf(config, "execution_spec")
      .flatMap((spec) => blocksOf(spec, "trigger"))
      .flatMap((trigger) => exactlyOne(trigger, ["on_demand", "schedule"], "execution_spec")),
    ...blocksOf(config, "data_quality_spec")
      .flatMap((spec) => blocksOf(spec, "rules"))
      .flatMap(ruleComplaints),
  ],
};

function scanIdComplaints(config: ValueObject): Complaint[] {
  const id = textOf(config, "data_scan_id");
  if (id === "" || SCAN_ID.test(id)) return [];
  return [{ attribute: "data_scan_id", message: `"${id}" must be a-z, 0-9 and hyphens, a letter first and no hyphen at the end.` }];
}

function ruleComplaints(rule: ValueObject): Complaint[] {
  const name = textOf(rule, "name");
  const [threshold, where] = [rule.threshold, `the rule "${name}"`];
  const complain = (message: string): Complaint => ({ attribute: "data_quality_spec", message });
  return [
    ...exactlyOne(rule, EXPECTATIONS, "data_quality_spec", `In ${where}: `),
    ...(name === "" || RULE_NAME.test(name) ? [] : [complain(`${where} must be named by at most 63 letters, digits and hyphens.`)]),
    ...(typeof threshold === "number" && (threshold < 0 || threshold > 1)
      ? [complain(`The threshold of ${where} must be from 0 to 1.`)]
      : []),
  ];
}

function exactlyOne(block: ValueObject, names: readonly string[], attribute: string, where = ""): Complaint[] {
  const present = names.filter((name) => blocksOf(block, name).length > 0);
  return present.length === 1 ? [] : [{ attribute, message: `${where}exactly one of ${names.join(", ")} must be there.` }];
}

function path(scan: ValueObject, cloud: Cloud): string {
  return `projects/${projectOf(scan, cloud)}/locations/${textOf(scan, "location")}/dataScans/${textOf(scan, "data_scan_id")}`;
}
