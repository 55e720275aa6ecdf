import type { ChangeKind } from "./effects";

/** One difference between two versions of the contracts. */
export interface ContractChange {
  readonly kind: ChangeKind;

  /** `yellow_trips`, or `yellow_trips.fare_amount`. */
  readonly where: string;

  /** What changed, e.g. `integer → decimal(12, 2)`. */
  readonly what: string;
}

/** One difference. */
export const change = (kind: ChangeKind, where: string, what: string): ContractChange => ({ kind, where, what });

/** One difference where there is one, e.g. `partitioned by day → month`. */
export const different = (kind: ChangeKind, where: string, what: string, old: string, young: string): ContractChange[] =>
  old === young ? [] : [change(kind, where, `${what} ${old} → ${young}`.trim())];
