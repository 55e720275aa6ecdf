import { GoogleError } from "../../google/google-error";
import { enabledServices, FIRST_SERVICES } from "../../google/services";
import { enabling } from "../enabling";
import { change, done, type Step, stuck } from "../step";
import { notThere } from "./project";

/** The APIs that the next steps ask. A project that was just made answers them with nothing but that they are off. */
export const firstServices: Step = {
  title: "First APIs",
  why: "Through them a project is looked at; in a new one they are off.",
  look: async (desk) => {
    const { projectId } = desk.wishes;
    try {
      const { on, projectNumber } = await enabledServices(desk.google, projectId);
      desk.projectNumber = projectNumber;
      const off = FIRST_SERVICES.filter((service) => !on.has(service));
      return off.length === 0 ? done("on") : change(`Switch on ${off.join(", ")}`, ...enabling(projectId, off));
    } catch (error) {
      if (!(error instanceof GoogleError)) throw error;
      if (error.disabledService !== undefined)
        return stuck(
          `${error.disabledService} is off, by which the others are switched on.`,
          `gcloud services enable ${error.disabledService} --project ${projectId}`,
        );
      if (error.status === 403 || error.status === 404) return notThere(desk);
      throw error;
    }
  },
};
