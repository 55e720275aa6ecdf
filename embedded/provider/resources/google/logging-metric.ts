import { blocksOf, isObject, textOf, type ValueObject } from "../../protocol/value";
import type { Complaint, ResourceRules } from "../rules";
import { mustMatch } from "./must-match";
import { mustBeOneOf } from "./one-of";
import { planProject } from "./project";

const NAME = /^[A-Za-z0-9_.,+!*',()%-][A-Za-z0-9_.,+!*',()%/-]{0,99}$/;

/**
 * A changed name renames the metric; the real provider makes another and leaves the former behind.
 *
 * https://github.com/hashicorp/terraform-provider-google/blob/v6.50.0/google/services/logging/resource_logging_metric.go
 */
export const loggingMetric: ResourceRules = {
  type: "google_logging_metric",
  replacedBy: ["project", "metric_descriptor.labels"],
  filledByCloud: ["project", "metric_descriptor"],
  defaults: { "metric_descriptor.unit": "1", "metric_descriptor.labels.value_type": "STRING" },
  id: (metric) => textOf(metric, "name"),
  filledIn: (_metric, cloud) => ({
    project: cloud.project,
    metric_descriptor: [{ metric_kind: "DELTA", value_type: "INT64", unit: "1" }],
  }),
  plan: planProject,
  validate: (config) => [
    ...mustMatch(config, "name", NAME, "at most 100 of letters, digits and _-.,+!*',()%/, not beginning with a slash"),
    ...blocksOf(config, "metric_descriptor").flatMap((descriptor) => descriptorComplaints(descriptor, config)),
  ],
};

function descriptorComplaints(descriptor: ValueObject, config: ValueObject): Complaint[] {
  const inDescriptor = [
    ...mustBeOneOf(descriptor, "metric_kind", ["DELTA", "GAUGE", "CUMULATIVE"]),
    ...mustBeOneOf(descriptor, "value_type", ["BOOL", "INT64", "DOUBLE", "STRING", "DISTRIBUTION", "MONEY"]),
  ].map(({ message }) => ({ attribute: "metric_descriptor", message }));
  return [...inDescriptor, ...valueComplaints(descriptor, config), ...labelComplaints(descriptor, config)];
}

function valueComplaints({ value_type }: ValueObject, { value_extractor }: ValueObject): Complaint[] {
  if (value_type !== "DISTRIBUTION" || value_extractor !== null) return [];
  return [
    {
      attribute: "value_extractor",
      message: "A DISTRIBUTION needs it: where in the entry the value is, e.g. EXTRACT(jsonPayload.seconds).",
    },
  ];
}

function labelComplaints(descriptor: ValueObject, { label_extractors }: ValueObject): Complaint[] {
  const extracted = isObject(label_extractors) ? Object.keys(label_extractors) : [];
  const declared = blocksOf(descriptor, "labels").map((label) => textOf(label, "key"));
  const [lonely] = [...declared.filter((key) => !extracted.includes(key)), ...extracted.filter((key) => !declared.includes(key))];
  if (lonely === undefined || lonely === "" || (label_extractors !== null && !isObject(label_extractors))) return [];
  return [
    { attribute: "label_extractors", message: `The label "${lonely}" must stand in label_extractors and in metric_descriptor.labels.` },
  ];
}
