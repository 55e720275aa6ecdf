import { textOf, type ValueObject } from "../../protocol/value";
import type { Cloud } from "../cloud";
import type { ResourceRules } from "../rules";
import { mustMatch } from "./must-match";
import { mustBeOneOf } from "./one-of";
import { planProject, projectOf } from "./project";

const TYPE = /^(custom\.googleapis\.com|external\.googleapis\.com|logging\.googleapis\.com\/user)\/[A-Za-z0-9_./]{1,200}$/;

/** https://github.com/hashicorp/terraform-provider-google/blob/v6.50.0/google/services/monitoring/resource_monitoring_metric_descriptor.go */
export const monitoringMetricDescriptor: ResourceRules = {
  type: "google_monitoring_metric_descriptor",
  replacedBy: ["project", "type", "metric_kind", "value_type", "labels", "launch_stage"],
  filledByCloud: ["project"],
  defaults: { "labels.value_type": "STRING" },
  id: (descriptor, cloud) => nameOf(descriptor, cloud),
  filledIn: (descriptor, cloud) => ({ project: cloud.project, name: nameOf(descriptor, cloud) }),
  plan: planProject,
  validate: (config) => [
    ...mustMatch(config, "type", TYPE, "a type like custom.googleapis.com/trips/rejected_share: only one's own metrics can be made"),
    ...mustBeOneOf(config, "metric_kind", ["GAUGE", "DELTA", "CUMULATIVE"]),
    ...mustBeOneOf(config, "value_type", ["BOOL", "INT64", "DOUBLE", "STRING", "DISTRIBUTION"]),
  ],
};

const nameOf = (descriptor: ValueObject, cloud: Cloud) =>
  `projects/${projectOf(descriptor, cloud)}/metricDescriptors/${textOf(descriptor, "type")}`;
