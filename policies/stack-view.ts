import { DefaultTokenResolver, StringConcat, TerraformProvider, TerraformResource, TerraformStack, Tokenization } from "cdktf";
import type { IConstruct } from "constructs";
import { ResourceView, type Json } from "./resource-view";

/** One stack as Terraform will read it. */
export class StackView {
  public readonly resources: readonly ResourceView[];

  private readonly byAddress: ReadonlyMap<string, ResourceView>;

  constructor(public readonly construct: TerraformStack) {
    this.resources = resourcesOf(construct).map((resource) => new ResourceView(resource));
    this.byAddress = new Map(this.resources.map((resource) => [`${resource.type}.${resource.id}`, resource]));
  }

  /** The stack's id, e.g. `dev`. */
  public get name(): string {
    return this.construct.node.id;
  }

  public get path(): string {
    return this.construct.node.path;
  }

  /** Resources of a Terraform type. */
  public ofType(type: string): ResourceView[] {
    return this.resources.filter((resource) => resource.type === type);
  }

  /** The resource of this stack that a value such as `${google_storage_bucket.lake.name}` refers to. */
  public referredBy(value: Json): ResourceView | undefined {
    const [, address = ""] = (typeof value === "string" && /^\$\{(\w+\.[\w-]+)\.\w+\}$/.exec(value)) || [];
    return this.byAddress.get(address);
  }

  /** Labels that the stack's providers put on everything. */
  public defaultLabels(): string[] {
    return constructsOf(this.construct)
      .filter((node) => TerraformProvider.isTerraformProvider(node))
      .flatMap((provider) => Object.keys((resolved(provider) as { default_labels?: object }).default_labels ?? {}));
  }
}

/** The stacks below a construct. */
export function stacksOf(root: IConstruct): TerraformStack[] {
  return root.node.findAll().filter((node): node is TerraformStack => TerraformStack.isStack(node));
}

/** A stack and everything in it, without the stacks nested in it. */
export function constructsOf(stack: TerraformStack): IConstruct[] {
  return stack.node.findAll().filter((node) => TerraformStack.of(node) === stack);
}

function resourcesOf(stack: TerraformStack): TerraformResource[] {
  return constructsOf(stack).filter((node): node is TerraformResource => TerraformResource.isTerraformResource(node));
}

function resolved(provider: TerraformProvider): Json {
  const resolver = new DefaultTokenResolver(new StringConcat());
  const { provider: all } = Tokenization.resolve(provider.toTerraform(), { scope: provider, resolver, preparing: false }) as {
    provider: Record<string, Json[]>;
  };
  return all[provider.terraformResourceType]?.[0];
}
