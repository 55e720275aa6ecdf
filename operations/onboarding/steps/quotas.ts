import { type Quota, shortages } from "../../google/quotas";
import { done, note, type Step } from "../step";

interface Region {
  readonly name: string;
  readonly quotas?: readonly Quota[];
}

/** Whether the machines fit, and where else they would. */
export const quotas: Step = {
  title: "Quotas",
  why: "A cluster that doesn't fit fails after minutes.",
  look: async ({ google, wishes: { projectId }, needs, location }) => {
    if (needs.length === 0) return done("no machines configured");
    const regions = await google.list<Region>(`compute/compute/v1/projects/${projectId}/regions`, "items");
    const here = shortages(needs, regions.find(({ name }) => name === location)?.quotas ?? []);
    if (here.length === 0) return done(`enough in ${location}`);
    const fitting = regions.filter((region) => shortages(needs, region.quotas ?? []).length === 0).map(({ name }) => name);
    const missing = here.map(({ metric, needed, left, by }) => `${metric}: ${String(left)} left, ${String(needed)} needed by ${by}`);
    return note(
      `not enough in ${location}: ${missing.join("; ")}`,
      [
        fitting.length > 0 ? `There is enough in ${fitting.slice(0, 5).join(", ")}: repeat with --location.` : "No region has enough.",
        "Or ask for more (console: IAM & Admin, Quotas), or switch the part off until you have it.",
      ].join("\n"),
    );
  },
};
