import { type IAspect, TerraformResource, Token } from "cdktf";
import type { IConstruct } from "constructs";
import { resolved } from "./resolved";

/** Arguments that say in what, or on what, a resource is. Keys aren't among them: Google lets none be made again under its name. */
const containers = [
  "bucket",
  "connectionId",
  "dataPolicyId",
  "datasetId",
  "disk",
  "instance",
  "instanceName",
  "repository",
  "router",
  "secretId",
  "serviceAccountId",
  "subscription",
  "topic",
] as const;

/**
 * Has Terraform make again what is lost when the resource that it is in, or on, is replaced: a bucket's objects and grants, a dataset's
 * tables, a database instance's users, a router's gateway, a disk's schedule. They name it by a text that stays the same, so that Terraform
 * by itself sees no reason to touch them, and the cloud lacks them until the next deploy.
 *
 * @see https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#replace_triggered_by
 */
export class RemadeTogether implements IAspect {
  public visit(node: IConstruct): void {
    if (!TerraformResource.isTerraformResource(node)) return;
    const within = containers.flatMap((name) => containerIn(node, name) ?? []);
    if (within.length === 0) return;
    const { replaceTriggeredBy = [], ...lifecycle } = node.lifecycle ?? {};
    node.lifecycle = { ...lifecycle, replaceTriggeredBy: [...replaceTriggeredBy, ...within] };
  }
}

/** `google_storage_bucket.lake_raw.id` where the argument is a reference to another resource's name. */
function containerIn(resource: TerraformResource, name: string): string | undefined {
  const value = (resource as unknown as Readonly<Record<string, unknown>>)[`${name}Input`];
  if (typeof value !== "string" || !Token.isUnresolved(value)) return undefined;
  const reference = /^\$\{(\w+\.[\w-]+)\.\w+\}$/.exec(String(resolved(resource, value)))?.[1];
  // The id is unknown as long as the container is being replaced, and the same after an update in place.
  return reference === undefined ? undefined : `${reference}.id`;
}
