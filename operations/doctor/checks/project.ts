import type { Configuration } from "../../../config/configuration";
import type { GoogleApi } from "../../google/google-api";
import { GoogleError } from "../../google/google-error";
import { findProject, listProjects, meantProject } from "../../google/projects";
import { enabledServices, FIRST_SERVICES } from "../../google/services";
import { type Quota, quotaNeeds, shortages } from "../../google/quotas";
import { type Check, fail, type Finding, pass, skip, warn } from "../check";
import { configurationOf, type Surroundings } from "../surroundings";

/** What the Google project must be. */
export const projectChecks: readonly Check[] = [
  {
    group: "project",
    cloud: true,
    title: "Project",
    why: "Everything asks for its id, which is neither its name nor its number.",
    look: asked(async (google, { project }) => {
      const found = await findProject(google, project.id);
      if (found === undefined) return notThere(google, project.id);
      if (found.lifecycleState !== "ACTIVE") return fail(`${project.id} is being deleted`, `gcloud projects undelete ${project.id}`);
      if (found.projectNumber !== project.number && !project.missing.some(({ setting }) => setting === "project.number"))
        return fail(`its number is ${found.projectNumber}, not ${project.number}`, `Set project.number: "${found.projectNumber}".`);
      return pass(`${found.projectId} (${found.projectNumber})`);
    }),
  },
  {
    group: "project",
    cloud: true,
    title: "Billing",
    why: "Without a billing account no bucket can be made.",
    look: asked(async (google, { project: { id } }) => {
      const { billingEnabled } = await google.get<{ billingEnabled?: boolean }>(`cloudbilling/v1/projects/${id}/billingInfo`);
      return billingEnabled
        ? pass("linked")
        : fail("not linked", `gcloud billing projects link ${id} --billing-account <id>: gcloud billing accounts list shows them.`);
    }),
  },
  {
    group: "project",
    cloud: true,
    title: "First APIs",
    why: "Terraform switches on the others through them.",
    look: asked(async (google, { project: { id }, name }) => {
      const { on } = await enabledServices(google, id);
      const off = FIRST_SERVICES.filter((service) => !on.has(service));
      return off.length === 0
        ? pass(`${String(on.size)} APIs on`)
        : fail(`off: ${off.join(", ")}`, `npm run onboard -- ${name}, or gcloud services enable ${off.join(" ")} --project ${id}`);
    }),
  },
  {
    group: "project",
    cloud: true,
    title: "Quotas",
    why: "A cluster that doesn't fit fails after minutes, Dataproc's most often for its disks (SSD_TOTAL_GB).",
    look: asked(async (google, configuration) => {
      const needs = quotaNeeds(configuration);
      if (needs.length === 0) return skip("no machines configured");
      const { id } = configuration.project;
      const { quotas = [] } = await google.get<{ quotas?: Quota[] }>(`compute/compute/v1/projects/${id}/regions/${configuration.location}`);
      const short = shortages(needs, quotas);
      return short.length === 0
        ? pass(needs.map(({ metric, needed }) => `${metric} ${String(needed)}`).join(", "))
        : fail(
            short.map(({ metric, needed, left, by }) => `${metric}: ${String(left)} left, ${String(needed)} needed by ${by}`).join("; "),
            `Ask for more (console: IAM & Admin, Quotas), take smaller machines, or another location; a free trial has few and gets no more.`,
          );
    }),
  },
  {
    group: "project",
    cloud: true,
    title: "Private Google Access",
    why: "Machines without public addresses, Dataproc's among them, reach Google's APIs only through a subnet that has it.",
    look: asked(async (google, { project: { id }, location, network }) => {
      if (!network.enabled) return skip("no network configured");
      const address = `compute/compute/v1/projects/${id}/regions/${location}/subnetworks`;
      const subnets = await google.list<{ name: string; privateIpGoogleAccess?: boolean }>(address, "items");
      const ours = subnets.filter(({ name }) => name.startsWith("trips"));
      if (ours.length === 0) return skip("not deployed yet");
      const without = ours.filter(({ privateIpGoogleAccess }) => !privateIpGoogleAccess);
      return without.length === 0
        ? pass(ours.map(({ name }) => name).join(", "))
        : fail(`off in ${without.map(({ name }) => name).join(", ")}`, "Deploy again: somebody switched it off by hand.");
    }),
  },
];

/** A check that needs Google and a project; what Google refuses is a finding too. */
export function asked(look: (google: GoogleApi, configuration: Configuration) => Promise<Finding>): Check["look"] {
  return async (at: Surroundings) => {
    const configuration = configurationOf(at);
    if (at.google === undefined) return skip("no credentials");
    if (configuration === undefined || configuration.project.missing.some(({ setting }) => setting === "project.id"))
      return skip("no project is set");
    try {
      return await look(at.google, configuration);
    } catch (error) {
      if (error instanceof GoogleError) return refused(error, configuration);
      throw error;
    }
  };
}

function refused(error: GoogleError, { project: { id }, name }: Configuration): Finding {
  if (error.reason === "NO_ANSWER") return skip("Google doesn't answer");
  if (error.disabledService !== undefined)
    return warn(
      `${error.disabledService} is off, so this can't be asked`,
      `npm run onboard -- ${name}, or gcloud services enable ${error.disabledService} --project ${id}`,
    );
  if (error.missingPermission !== undefined)
    return warn(`not allowed to look: ${error.missingPermission}`, `Ask an owner of ${id} for a role with it, such as roles/viewer.`);
  return warn(error.message, "Try again; if it stays so, look at status.cloud.google.com.");
}

async function notThere(google: GoogleApi, id: string): Promise<Finding> {
  const projects = await listProjects(google);
  const meant = meantProject(id, projects);
  if (meant !== undefined)
    return fail(
      `there is no project ${id}`,
      `Did you mean ${meant.projectId}${meant.name === id ? `, whose name is "${id}"` : ""}? Set project.id to it.`,
    );
  const seen = projects.slice(0, 5).map(({ projectId }) => projectId);
  return fail(
    `there is no project ${id}, or these credentials don't see it`,
    seen.length > 0 ? `They see ${seen.join(", ")}.` : "They see no project at all: gcloud auth list tells whose they are.",
  );
}
