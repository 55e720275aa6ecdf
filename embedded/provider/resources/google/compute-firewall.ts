import { blocksOf, textOf, UNKNOWN, type ValueObject } from "../../protocol/value";
import type { Complaint, ResourceRules } from "../rules";
import { nameComplaints, sameResource } from "./compute-name";
import { planProject, projectOf } from "./project";

/** https://github.com/hashicorp/terraform-provider-google/blob/v6.50.0/google/services/compute/resource_compute_firewall.go */
export const computeFirewall: ResourceRules = {
  type: "google_compute_firewall",
  schemaVersion: 1,
  replacedBy: ["name", "direction", "params", "params.*", "project"],
  filledByCloud: ["destination_ranges", "direction", "enable_logging", "project"],
  defaults: { priority: 1000 },
  sameMeaning: { network: sameResource },
  id: (rule, cloud) => `projects/${projectOf(rule, cloud)}/global/firewalls/${textOf(rule, "name")}`,
  filledIn: (rule, cloud) => ({
    project: cloud.project,
    direction: "INGRESS",
    creation_timestamp: new Date(cloud.now()).toISOString(),
    self_link: `https://www.googleapis.com/compute/v1/projects/${projectOf(rule, cloud)}/global/firewalls/${textOf(rule, "name")}`,
  }),
  plan: planProject,
  validate: (config) => [
    ...nameComplaints(config),
    ...effectComplaints(config),
    ...sourceComplaints(config),
    ...mixtureComplaints(config),
    ...priorityComplaints(config),
  ],
};

const isGiven = (config: ValueObject, attribute: string): boolean => (config[attribute] ?? null) !== null;

function effectComplaints(config: ValueObject): Complaint[] {
  if (config.allow === UNKNOWN || config.deny === UNKNOWN) return [];
  const allows = blocksOf(config, "allow").length > 0;
  const denies = blocksOf(config, "deny").length > 0;
  return allows === denies ? [{ attribute: "allow", message: "A rule must hold allow or deny, and not both." }] : [];
}

function sourceComplaints(config: ValueObject): Complaint[] {
  const comesIn = config.direction !== UNKNOWN && textOf(config, "direction") !== "EGRESS";
  const named = ["source_ranges", "source_tags", "source_service_accounts"].some((attribute) => isGiven(config, attribute));
  return comesIn && !named
    ? [{ attribute: "source_ranges", message: "A rule for what comes in must name source_ranges, source_tags or source_service_accounts." }]
    : [];
}

function mixtureComplaints(config: ValueObject): Complaint[] {
  const accounts = ["source_service_accounts", "target_service_accounts"].filter((attribute) => isGiven(config, attribute));
  const tags = ["source_tags", "target_tags"].filter((attribute) => isGiven(config, attribute));
  return accounts[0] !== undefined && tags[0] !== undefined
    ? [{ attribute: accounts[0], message: `It doesn't go together with ${tags[0]}: name machines by account or by tag.` }]
    : [];
}

function priorityComplaints(config: ValueObject): Complaint[] {
  const { priority } = config;
  return typeof priority === "number" && (priority < 0 || priority > 65_535)
    ? [{ attribute: "priority", message: `${String(priority)} must be from 0 to 65535.` }]
    : [];
}
