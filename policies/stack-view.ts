import { TerraformResource, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { ResourceView, type Block, type Json } from "./resource-view";

/** What a stack is synthesised to, as far as rules look at it. */
interface Synthesised {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Block>>>>;
  readonly provider?: Readonly<Record<string, readonly Block[]>>;
  readonly variable?: Readonly<Record<string, Block>>;
  readonly output?: Readonly<Record<string, Block>>;
}

/** One stack as Terraform will read it: with what was overridden on its constructs and on the stack itself. */
export class StackView {
  public readonly resources: readonly ResourceView[];

  private readonly synthesised: Synthesised;
  private readonly byAddress: ReadonlyMap<string, ResourceView>;

  constructor(public readonly construct: TerraformStack) {
    this.synthesised = construct.toTerraform() as Synthesised;
    this.resources = resourcesOf(construct, this.synthesised);
    this.byAddress = new Map(this.resources.map((resource) => [addressOf(resource.type, resource.id), resource]));
  }

  /** The stack's id, e.g. `dev`. */
  public get name(): string {
    return this.construct.node.id;
  }

  public get path(): string {
    return this.construct.node.path;
  }

  /** Variables by their names. */
  public get variables(): Readonly<Record<string, Block>> {
    return this.synthesised.variable ?? {};
  }

  /** Outputs by their names. */
  public get outputs(): Readonly<Record<string, Block>> {
    return this.synthesised.output ?? {};
  }

  /** Configurations of the providers, by their local names. */
  public get providers(): Readonly<Record<string, readonly Block[]>> {
    return this.synthesised.provider ?? {};
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
    const configurations = Object.values(this.providers).flat();
    return configurations.flatMap(({ default_labels: labels }) => Object.keys((labels as object | undefined) ?? {}));
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

const addressOf = (type: string, id: string): string => `${type}.${id}`;

function resourcesOf(stack: TerraformStack, { resource = {} }: Synthesised): ResourceView[] {
  const constructs = constructsOf(stack).filter((node): node is TerraformResource => TerraformResource.isTerraformResource(node));
  const makers = new Map(constructs.map((one) => [addressOf(one.terraformResourceType, one.friendlyUniqueId), one]));
  return Object.entries(resource).flatMap(([type, all]) =>
    // cdktf's comment on where it comes from is no argument.
    Object.entries(all).map(([id, { "//": _, ...attributes }]) => {
      return new ResourceView(makers.get(addressOf(type, id)) ?? stack, { type, id }, attributes);
    }),
  );
}
