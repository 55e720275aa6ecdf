import { textOf, type ValueObject } from "../../protocol/value";
import type { Cloud } from "../cloud";
import type { PlannedChange } from "../rules";

/** The resource's own project, else the provider's. */
export function projectOf(resource: ValueObject, cloud: Cloud): string {
  return textOf(resource, "project") || cloud.project;
}

/** Plans the provider's project where the configuration names none, as most google resources do. */
export function planProject({ planned, config }: PlannedChange, cloud: Cloud): void {
  if (config.project === null && cloud.project !== "") planned.project = cloud.project;
}
