import { Testing, type TerraformStack } from "cdktf";
import type { Environment } from "../../constructs/environment/environment";

/** An environment in which data may be deleted. */
export const dev: Environment = {
  name: "dev",
  projectId: "acme-dev",
  projectNumber: "123456789012",
  location: "europe-west1",
  labels: { environment: "dev" },
  allowsDataDeletion: true,
};

/** An environment in which data may not be deleted. */
export const prod: Environment = { ...dev, name: "prod", projectId: "acme-prod", allowsDataDeletion: false };

/** What a stack of the given constructs synthesises to. */
export function synth(build: (stack: TerraformStack) => void): any {
  return JSON.parse(
    Testing.synthScope((stack) => {
      build(stack as TerraformStack);
    }),
  );
}

/** All resources of a type, in no particular order. */
export const resources = (json: any, type: string): any[] => Object.values(json.resource?.[type] ?? {});

/** The one resource of a type. */
export function only(json: any, type: string): any {
  const all = resources(json, type);
  expect(all).toHaveLength(1);
  return all[0];
}
