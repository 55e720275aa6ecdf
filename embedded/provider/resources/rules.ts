import type { ValueObject, Value } from "../protocol/value";
import type { Cloud } from "./cloud";

/**
 * What the npm bindings don't say about a resource type. Paths name attributes and blocks as Terraform does, with dots between levels
 * and without the numbers of elements: `ports.ip`. Everything is taken from the real provider's source of the bound version.
 *
 * To add a type: write its rules in a file of a family's folder and list them in `rule-book.ts`.
 */
export interface ResourceRules {
  /** Terraform type, e.g. `google_storage_bucket`. */
  readonly type: string;

  /** Version of the state's form, where the real provider's isn't 0. */
  readonly schemaVersion?: number;

  /**
   * Paths whose change replaces the resource. A list of blocks by its own name watches only how many there are; `ports.*` watches
   * everything in it. A change within a set of blocks is a change of the set.
   */
  readonly replacedBy: readonly string[];

  /** Optional attributes and blocks that the cloud fills in where the configuration says nothing. */
  readonly filledByCloud?: readonly string[];

  readonly defaults?: Readonly<Record<string, Value>>;

  /** Paths of secrets: Terraform hides them in plans. */
  readonly sensitive?: readonly string[];

  /** Read-only attributes that every update gives a new value. */
  readonly changedByUpdate?: readonly string[];

  /** How the state writes a configured text, e.g. in capitals. */
  readonly normalized?: Readonly<Record<string, (text: string) => string>>;

  /** When a configured text means the same as the one in the state, so that no change is planned. */
  readonly sameMeaning?: Readonly<Record<string, (prior: string, planned: string) => boolean>>;

  /** The resource's id: formed like the real one's, so that what depends on its form works. */
  id(resource: ValueObject, cloud: Cloud): string;

  /** Values of what the cloud fills in, by path. What isn't named is filled in emptily. */
  filledIn?(resource: ValueObject, cloud: Cloud): Readonly<Record<string, Value>>;

  /** Mends the plan where one attribute follows from others. */
  plan?(change: PlannedChange, cloud: Cloud): void;

  /** Further attributes whose change replaces the resource: what only a look at both values can tell. */
  alsoReplacedBy?(prior: ValueObject, planned: ValueObject): readonly string[];

  /** What is wrong with a configuration. Values may be null or unknown. */
  validate?(config: ValueObject): readonly Complaint[];

  /** Bytes to keep beside the object. */
  content?(resource: ValueObject): Uint8Array;

  /** Why the object must not be destroyed, and what to do; `undefined` if it may. */
  refuseDestroy?(resource: ValueObject, cloud: Cloud): string | undefined;

  /** Removes what goes with a destroyed object. */
  destroyed?(resource: ValueObject, cloud: Cloud): void;
}

export interface PlannedChange {
  /** The plan, to be mended in place. */
  readonly planned: ValueObject;
  readonly config: ValueObject;
  /** Null for a creation. */
  readonly prior: ValueObject | null;
}

export interface Complaint {
  readonly attribute: string;
  /** What is wrong and what is expected. */
  readonly message: string;
}
