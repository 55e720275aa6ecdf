import type { DynamicValue } from "./dynamic-value";

/** Requests and responses of `terraform-protocol.ts`, as the handlers see them. */

export type Step = { readonly attribute_name: string } | { readonly element_key_int: number };
export interface AttributePath {
  readonly steps: readonly Step[];
}

export interface Diagnostic {
  /** 1 is an error, 2 a warning. */
  readonly severity: 1 | 2;
  readonly summary: string;
  readonly detail: string;
  readonly attribute?: AttributePath;
}

export interface SchemaMessage {
  readonly version: number;
  readonly block: BlockMessage;
}
export interface BlockMessage {
  readonly attributes: readonly AttributeMessage[];
  readonly block_types: readonly NestedBlockMessage[];
}
export interface AttributeMessage {
  readonly name: string;
  /** The type in cty's JSON notation. */
  readonly type: Uint8Array;
  readonly required: boolean;
  readonly optional: boolean;
  readonly computed: boolean;
  readonly sensitive: boolean;
}
export interface NestedBlockMessage {
  readonly type_name: string;
  readonly block: BlockMessage;
  readonly nesting: number;
  readonly min_items: number;
  readonly max_items: number;
}

interface Diagnosed {
  readonly diagnostics?: readonly Diagnostic[];
}
interface OfType {
  readonly type_name: string;
}

export interface GetSchemaResponse extends Diagnosed {
  readonly provider: SchemaMessage;
  readonly resource_schemas: Readonly<Record<string, SchemaMessage>>;
  readonly data_source_schemas: Readonly<Record<string, SchemaMessage>>;
  readonly server_capabilities: { readonly get_provider_schema_optional: boolean };
}
export interface IdentitySchemasResponse {
  readonly identity_schemas: Readonly<Record<string, never>>;
}

export interface ConfigRequest {
  readonly config: DynamicValue;
}
export interface PrepareResponse extends Diagnosed {
  readonly prepared_config: DynamicValue;
}
export type DiagnosticsResponse = Diagnosed;
export type ValidateRequest = ConfigRequest & OfType;

export interface UpgradeRequest extends OfType {
  readonly raw_state: { readonly json: Uint8Array };
}
export interface UpgradeResponse extends Diagnosed {
  readonly upgraded_state: DynamicValue;
}

export interface ReadRequest extends OfType {
  readonly current_state: DynamicValue;
  readonly private: Uint8Array;
}
export interface ReadResponse extends Diagnosed {
  readonly new_state: DynamicValue;
  readonly private: Uint8Array;
}

export interface PlanRequest extends OfType {
  readonly prior_state: DynamicValue;
  readonly proposed_new_state: DynamicValue;
  readonly config: DynamicValue;
  readonly prior_private: Uint8Array;
}
export interface PlanResponse extends Diagnosed {
  readonly planned_state: DynamicValue;
  readonly requires_replace?: readonly AttributePath[];
  readonly planned_private: Uint8Array;
  readonly legacy_type_system: boolean;
}

export interface ApplyRequest extends OfType {
  readonly prior_state: DynamicValue;
  readonly planned_state: DynamicValue;
  readonly planned_private: Uint8Array;
}
export interface ApplyResponse extends Diagnosed {
  readonly new_state: DynamicValue;
  readonly private: Uint8Array;
  readonly legacy_type_system: boolean;
}

export interface ImportRequest extends OfType {
  readonly id: string;
}
export interface ImportResponse extends Diagnosed {
  readonly imported_resources?: readonly { readonly type_name: string; readonly state: DynamicValue; readonly private: Uint8Array }[];
}

/** A provider, in the protocol's terms. */
export interface ProviderService {
  GetSchema(): GetSchemaResponse;
  GetResourceIdentitySchemas(): IdentitySchemasResponse;
  PrepareProviderConfig(request: ConfigRequest): PrepareResponse;
  Configure(request: ConfigRequest): DiagnosticsResponse;
  ValidateResourceTypeConfig(request: ValidateRequest): DiagnosticsResponse;
  UpgradeResourceState(request: UpgradeRequest): UpgradeResponse;
  ReadResource(request: ReadRequest): ReadResponse;
  PlanResourceChange(request: PlanRequest): PlanResponse;
  ApplyResourceChange(request: ApplyRequest): ApplyResponse;
  ImportResourceState(request: ImportRequest): ImportResponse;
  Stop(): { readonly Error: string };
}
