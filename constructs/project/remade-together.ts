import { type IAspect, DefaultTokenResolver, StringConcat, TerraformResource, Token, Tokenization } from "cdktf";
import type { IConstruct } from "constructs";

/** Arguments that say in what, or on what, a resource is. */
const containers = ["bucket", "datasetId", "serviceAccountId", "topic", "cryptoKeyId", "secretId", "repository"] as const;

/**
 * Has Terraform make again what is lost when the resource that it is in, or on, is replaced: a bucket's objects and grants, a dataset's
 * tables. They name it by a text that stays the same, so that Terraform by itself sees no reason to touch them, and the cloud lacks them
 * until the next deploy.
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
  const reference = /^\$\{(\w+\.[\w-]+)\.\w+\}$/.exec(resolved(resource, value))?.[1];
  // The id is unknown as long as the container is being replaced, and the same after an update in place.
  return reference === undefined ? undefined : `${reference}.id`;
}

const resolved = (scope: TerraformResource, value: string): string =>
  String(Tokenization.resolve(value, { scope, preparing: false, resolver: new DefaultTokenResolver(new StringConcat()) }));
