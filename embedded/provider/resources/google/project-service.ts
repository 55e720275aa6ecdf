import { textOf } from "../../protocol/value";
import type { ResourceRules } from "../rules";
import { planProject, projectOf } from "./project";

export const projectService: ResourceRules = {
  type: "google_project_service",
  replacedBy: ["service", "project"],
  filledByCloud: ["project"],
  defaults: { disable_on_destroy: true },
  id: (service, cloud) => `${projectOf(service, cloud)}/${textOf(service, "service")}`,
  filledIn: (_service, cloud) => ({ project: cloud.project }),
  plan: planProject,
  validate: (config) => {
    const service = textOf(config, "service");
    return service === "" || service.includes(".")
      ? []
      : [{ attribute: "service", message: `"${service}" must be a domain like bigquery.googleapis.com.` }];
  },
};
