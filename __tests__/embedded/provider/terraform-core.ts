import * as path from "node:path";
import type { Catalog } from "../../../embedded/catalog/catalog";
import { EmbeddedPaths } from "../../../embedded/paths";
import { fromDynamicValue, toDynamicValue, type DynamicValue } from "../../../embedded/provider/protocol/dynamic-value";
import type { Diagnostic } from "../../../embedded/provider/protocol/messages";
import { equal, isObject, type Value, type ValueObject } from "../../../embedded/provider/protocol/value";
import { StandInProvider } from "../../../embedded/provider/provider";
import { announced } from "../../../embedded/provider/resources/announced";
import { embeddedCloud } from "../../../embedded/provider/resources/cloud";
import { ruleBook, type ProviderName } from "../../../embedded/provider/resources/rule-book";
import { extractSchema } from "../../../embedded/provider/schema/bindings/extract-schema";
import { fit } from "../../../embedded/provider/schema/fit";
import type { Block } from "../../../embedded/provider/schema/schema";

const root = path.join(__dirname, "..", "..", "..");
const private_ = { private: Buffer.alloc(0), prior_private: Buffer.alloc(0), planned_private: Buffer.alloc(0) };

/** What Terraform would say of a change. */
export interface Planned {
  readonly action: "create" | "nothing" | "update" | "replace";
  readonly state: ValueObject;
  /** Attributes that force the replacement, without the numbers of elements. */
  readonly replacedBy: readonly string[];
}

/** Plays Terraform's part for one resource at a time, over the provider's handlers and the values' wire form. */
export class TerraformCore {
  public readonly provider: StandInProvider;
  public readonly paths: EmbeddedPaths;
  public readonly catalog: Catalog;
  private readonly schemas: ReadonlyMap<string, Block>;

  constructor(name: ProviderName, embeddedFolder: string, configuration: ValueObject = {}) {
    const bound = extractSchema(
      path.join(root, "node_modules", "@cdktf", `provider-${name}`),
      ruleBook[name].map(({ type }) => type),
    );
    this.paths = new EmbeddedPaths(embeddedFolder, "dev");
    const cloud = embeddedCloud(this.paths);
    this.catalog = cloud.catalog;
    this.provider = new StandInProvider(bound, ruleBook[name], cloud, embeddedFolder);
    this.provider.Configure({ config: toDynamicValue(configuration) });
    this.schemas = new Map(ruleBook[name].map((rules) => [rules.type, announced(bound.resources[rules.type]!, rules)]));
  }

  public plan(type: string, config: ValueObject, prior: ValueObject | null = null): Planned {
    const complete = fit(this.schemaOf(type), config);
    const answer = this.provider.PlanResourceChange({
      type_name: type,
      prior_state: toDynamicValue(prior),
      proposed_new_state: toDynamicValue(proposed(this.schemaOf(type), complete, prior)),
      config: toDynamicValue(complete),
      ...private_,
    });
    succeeded(answer.diagnostics);
    expect(answer.legacy_type_system).toBe(true);
    const state = this.received(type, answer.planned_state)!;
    const replacedBy = (answer.requires_replace ?? []).map(({ steps }) =>
      steps.flatMap((step) => ("attribute_name" in step ? [step.attribute_name] : [])).join("."),
    );
    const action = prior === null ? "create" : equal(prior, state) ? "nothing" : replacedBy.length > 0 ? "replace" : "update";
    return { action, state, replacedBy };
  }

  /** Plans and applies without replacing; returns the new state. */
  public apply(type: string, config: ValueObject, prior: ValueObject | null = null): ValueObject {
    const planned = this.plan(type, config, prior);
    const answer = this.provider.ApplyResourceChange({
      type_name: type,
      prior_state: toDynamicValue(prior),
      planned_state: toDynamicValue(planned.state),
      ...private_,
    });
    succeeded(answer.diagnostics);
    return this.received(type, answer.new_state)!;
  }

  /** What Terraform reads back: null once the object is gone. */
  public read(type: string, state: ValueObject): ValueObject | null {
    const answer = this.provider.ReadResource({ type_name: type, current_state: toDynamicValue(state), ...private_ });
    succeeded(answer.diagnostics);
    return this.received(type, answer.new_state);
  }

  /** The refusal's text, or undefined once the object is destroyed. */
  public destroy(type: string, prior: ValueObject): string | undefined {
    const answer = this.provider.ApplyResourceChange({
      type_name: type,
      prior_state: toDynamicValue(prior),
      planned_state: toDynamicValue(null),
      ...private_,
    });
    const refusal = answer.diagnostics?.[0]?.detail;
    const state = fromDynamicValue(answer.new_state);
    expect(equal(state, refusal === undefined ? null : prior)).toBe(true);
    return refusal;
  }

  /** What validation complains of: `attribute: message`. */
  public complaints(type: string, config: ValueObject): string[] {
    const { diagnostics = [] } = this.provider.ValidateResourceTypeConfig({ type_name: type, config: toDynamicValue(config) });
    return diagnostics.map(({ summary, detail }) => `${summary}: ${detail}`);
  }

  /** Creates, and expects a second plan to be empty, also after a refresh. */
  public create(type: string, config: ValueObject): ValueObject {
    const state = this.apply(type, config);
    expect(this.plan(type, config, state).action).toBe("nothing");
    const refreshed = this.read(type, state);
    expect(refreshed).toEqual(state);
    return state;
  }

  /** A value as Terraform sees it: sets have no order. */
  private received(type: string, value: DynamicValue): ValueObject | null {
    const object = fromDynamicValue(value);
    return isObject(object) ? fit(this.schemaOf(type), object) : null;
  }

  private schemaOf(type: string): Block {
    return this.schemas.get(type)!;
  }
}

/** Terraform's proposal: the configuration, completed with what the cloud had filled in. */
function proposed(block: Block, config: ValueObject, prior: ValueObject | null): ValueObject {
  const merged: ValueObject = {};
  for (const [name, { computed }] of Object.entries(block.attributes)) {
    merged[name] = (config[name] ?? null) === null && computed ? (prior?.[name] ?? null) : (config[name] ?? null);
  }
  for (const [name, nested] of Object.entries(block.blocks)) {
    const value: Value = config[name] ?? null;
    const before = prior?.[name];
    const into = (element: Value, former: Value | undefined): Value =>
      isObject(element) ? proposed(nested.block, element, isObject(former) ? former : null) : element;
    // Terraform pairs the elements of lists by number; those of sets it can't pair once the cloud has filled them in.
    merged[name] = Array.isArray(value)
      ? value.map((element, index) => into(element, nested.nesting === "list" && Array.isArray(before) ? before[index] : undefined))
      : into(value, before);
  }
  return merged;
}

function succeeded(diagnostics: readonly Diagnostic[] | undefined): void {
  expect(diagnostics ?? []).toEqual([]);
}
