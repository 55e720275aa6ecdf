/** As much of Terraform's plan in JSON as the guard reads. @see https://developer.hashicorp.com/terraform/internals/json-format */
export interface Plan {
  readonly format_version: string;
  readonly resource_changes?: readonly ResourceChange[];

  /** By the output's name. */
  readonly output_changes?: Readonly<Record<string, { readonly actions: readonly string[] }>>;
}

/** What a plan does to one resource. */
export interface ResourceChange {
  readonly address: string;
  readonly type: string;

  /** Where the state has it until now, if it moves within the state. */
  readonly previous_address?: string;
  readonly change: {
    /** `["create"]`, `["update"]`, `["delete", "create"]` (a replacement), … */
    readonly actions: readonly string[];
    readonly before: Attributes | null;

    /** What is only known after the apply is left out. */
    readonly after: Attributes | null;

    /** Paths of the attributes that force a replacement. */
    readonly replace_paths?: readonly (readonly (string | number)[])[];

    /** Set where the state takes in what the cloud has already. */
    readonly importing?: object;
  };
}

/** A resource's attributes by their Terraform names. */
export type Attributes = Readonly<Record<string, unknown>>;

/** The text isn't a plan of Terraform's. */
export class PlanError extends Error {
  public override readonly name = "PlanError";
}

/** @throws PlanError for anything but the output of `terraform show -json <plan>` of a major version that is known. */
export function parsePlan(text: string, source: string): Plan {
  let plan: Partial<Plan> | null;
  try {
    plan = JSON.parse(text) as Partial<Plan> | null;
  } catch {
    throw new PlanError(`${source} holds no JSON: write it with terraform show -json <plan file>.`);
  }
  const version = plan?.format_version;
  if (typeof version !== "string")
    throw new PlanError(`${source} is no plan of Terraform's: write it with terraform show -json <plan file>.`);
  if (!version.startsWith("1.")) throw new PlanError(`${source} is a plan of format ${version}; this guard reads format 1.`);
  return plan as Plan;
}
