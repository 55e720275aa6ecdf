import { textOf, type ValueObject } from "../../protocol/value";
import { inventedHex } from "../cloud";
import type { ResourceRules } from "../rules";

export const dockerImage: ResourceRules = {
  type: "docker_image",
  replacedBy: ["name", "platform", "pull_triggers", "triggers", "build.*"],
  defaults: { platform: "" },
  id: (image) => `${imageIdOf(image)}${textOf(image, "name")}`,
  filledIn: (image) => ({
    image_id: imageIdOf(image),
    repo_digest: `${textOf(image, "name").replace(/:[^:/]*$/, "")}@sha256:${inventedHex(`digest ${textOf(image, "name")}`, 64)}`,
  }),
};

function imageIdOf(image: ValueObject): string {
  return `sha256:${inventedHex(`image ${textOf(image, "name")}`, 64)}`;
}
