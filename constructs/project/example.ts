import type { TerraformStack } from "cdktf";
import type { Environment } from "../environment/environment";
import { Lake } from "../lake/lake";
import { ProjectServices } from "./project-services";

/** A lake that is made once its APIs answer. */
export function example(stack: TerraformStack, environment: Environment): void {
  const services = new ProjectServices(stack, "project", {
    environment,
    services: ["pubsub.googleapis.com", "storage.googleapis.com"],
    propagationSeconds: 90,
  });
  const lake = new Lake(stack, "lake", { environment });
  services.holdBack(lake);
  // Added later, and held back all the same: also the topic and its grant.
  lake.raw.notifyNewObjects();
}
