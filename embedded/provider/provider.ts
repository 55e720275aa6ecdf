import { fromDynamicValue, toDynamicValue, type DynamicValue } from "./protocol/dynamic-value";
import { problem } from "./protocol/diagnostics";
import type * as messages from "./protocol/messages";
import { isObject, textOf, type ValueObject } from "./protocol/value";
import { announced } from "./resources/announced";
import { applyChange } from "./resources/apply";
import { inventedDigits, type Cloud } from "./resources/cloud";
import { plan } from "./resources/plan";
import { replacedBy } from "./resources/replacement";
import type { ResourceRules } from "./resources/rules";
import { fit } from "./schema/fit";
import type { Block, ProviderSchema } from "./schema/schema";
import { schemaMessage } from "./schema/to-protocol";
import { strangersIn } from "./strangers";

/** A resource type with its schema as announced. */
interface ResourceType {
  readonly rules: ResourceRules;
  readonly schema: Block;
}

// Plans as the real providers make them (defaults filled in, texts normalised) are refused without it.
// https://github.com/hashicorp/terraform/blob/main/docs/plugin-protocol/tfplugin5.proto (legacy_type_system)
const LEGACY = { legacy_type_system: true };

/** A stand-in for a real provider: keeps what Terraform asks for in the catalogue, by the schema of the npm bindings and the rule book. */
export class StandInProvider implements messages.ProviderService {
  private readonly types: ReadonlyMap<string, ResourceType>;

  /**
   * @param cloud Where objects are kept; the provider's configuration completes it.
   * @param workingFolder Folder of the configuration that Terraform runs.
   * @throws Error when a rule doesn't fit the schema.
   */
  constructor(
    private readonly schema: ProviderSchema,
    rules: readonly ResourceRules[],
    private cloud: Cloud,
    private readonly workingFolder: string,
  ) {
    const entries = rules.map((each): [string, ResourceType] => {
      const bound = schema.resources[each.type];
      if (!bound) throw new Error(`The schemas were made before ${each.type} got its rules: run npm run setup.`);
      return [each.type, { rules: each, schema: announced(bound, each) }];
    });
    this.types = new Map(entries);
  }

  public GetSchema(): messages.GetSchemaResponse {
    const types = [...this.types].map(([type, { rules, schema }]) => [type, schemaMessage(schema, rules.schemaVersion)]);
    return {
      provider: schemaMessage(this.schema.configuration),
      resource_schemas: Object.fromEntries(types),
      data_source_schemas: {},
      server_capabilities: { get_provider_schema_optional: true },
    };
  }

  public GetResourceIdentitySchemas(): messages.IdentitySchemasResponse {
    return { identity_schemas: {} };
  }

  public PrepareProviderConfig({ config }: messages.ConfigRequest): messages.PrepareResponse {
    return { prepared_config: config, diagnostics: strangersIn(this.workingFolder, this.schema.name, new Set(this.types.keys())) };
  }

  public Configure({ config }: messages.ConfigRequest): messages.DiagnosticsResponse {
    const configuration = objectOf(config) ?? {};
    const project = textOf(configuration, "project");
    const labels = isObject(configuration.default_labels) ? Object.entries(configuration.default_labels) : [];
    this.cloud = {
      ...this.cloud,
      project,
      projectNumber: inventedDigits(project, 12),
      defaultLabels: Object.fromEntries(labels.filter((label): label is [string, string] => typeof label[1] === "string")),
      labelsCreations: configuration.add_terraform_attribution_label !== false,
    };
    return {};
  }

  public ValidateResourceTypeConfig({ type_name, config }: messages.ValidateRequest): messages.DiagnosticsResponse {
    const { rules, schema } = this.typeNamed(type_name);
    const complaints = rules.validate?.(fit(schema, objectOf(config) ?? {})) ?? [];
    return { diagnostics: complaints.map(({ attribute, message }) => problem(`Invalid ${attribute}`, message, attribute)) };
  }

  public UpgradeResourceState({ type_name, raw_state }: messages.UpgradeRequest): messages.UpgradeResponse {
    const { schema } = this.typeNamed(type_name);
    const state = JSON.parse(Buffer.from(raw_state.json).toString("utf8")) as ValueObject;
    return { upgraded_state: toDynamicValue(fit(schema, state)) };
  }

  public ReadResource(request: messages.ReadRequest): messages.ReadResponse {
    const { schema } = this.typeNamed(request.type_name);
    const known = objectOf(request.current_state);
    const live = known && this.cloud.catalog.get<string>(request.type_name, textOf(known, "id"));
    return { new_state: toDynamicValue(live ? fit(schema, { ...live }) : null), private: request.private };
  }

  public PlanResourceChange(request: messages.PlanRequest): messages.PlanResponse {
    const { rules, schema } = this.typeNamed(request.type_name);
    const [prior, proposed, config] = [request.prior_state, request.proposed_new_state, request.config].map((value) => {
      const object = objectOf(value);
      return object && fit(schema, object);
    });
    const isDestroyed = !proposed || !config;
    if (isDestroyed) return { planned_state: request.proposed_new_state, planned_private: request.prior_private, ...LEGACY };
    const planned = plan(schema, rules, { prior: prior ?? null, proposed, config }, this.cloud);
    return {
      planned_state: toDynamicValue(planned),
      requires_replace: prior ? replacedBy(schema, rules, prior, planned) : [],
      planned_private: request.prior_private,
      ...LEGACY,
    };
  }

  public ApplyResourceChange(request: messages.ApplyRequest): messages.ApplyResponse {
    const { rules, schema } = this.typeNamed(request.type_name);
    const answer = (state: DynamicValue, diagnostics: messages.Diagnostic[] = []): messages.ApplyResponse => {
      return { new_state: state, private: request.planned_private, diagnostics, ...LEGACY };
    };
    try {
      const change = { prior: objectOf(request.prior_state) ?? null, planned: objectOf(request.planned_state) ?? null };
      return answer(toDynamicValue(applyChange(schema, rules, change, this.cloud)));
    } catch (error) {
      // The prior state must be given back: without it Terraform believes that the object is gone.
      return answer(request.prior_state, [problem(`${request.type_name} failed`, error instanceof Error ? error.message : String(error))]);
    }
  }

  public ImportResourceState({ type_name, id }: messages.ImportRequest): messages.ImportResponse {
    const { schema } = this.typeNamed(type_name);
    if (!this.cloud.catalog.get(type_name, id)) {
      return { diagnostics: [problem("Nothing to import", `The embedded cloud has no ${type_name} with id "${id}".`)] };
    }
    // Only the id: Terraform reads the rest itself.
    return { imported_resources: [{ type_name, state: toDynamicValue(fit(schema, { id })), private: Buffer.alloc(0) }] };
  }

  public Stop(): { readonly Error: string } {
    return { Error: "" };
  }

  private typeNamed(type: string): ResourceType {
    const found = this.types.get(type);
    if (!found) throw new Error(`The embedded cloud doesn't know ${type}.`);
    return found;
  }
}

function objectOf(value: DynamicValue): ValueObject | undefined {
  const decoded = fromDynamicValue(value);
  return isObject(decoded) ? decoded : undefined;
}
