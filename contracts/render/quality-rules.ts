import type { Rule } from "../model/rule";
import { allColumns, type NamedColumn, type Table } from "../model/table";
import type { QualityDimension, QualityExpectation, QualityRule } from "./quality-rule";
import { rowCondition } from "./row-condition";

/** How strict the rules of a scan are. */
export interface QualityOptions {
  /**
   * Share of rows that must meet a `warn` rule, or hold a code that the contract names: such rows are kept, so some are expected.
   *
   * @default 0.95
   */
  readonly warnThreshold?: number;
}

/**
 * A contract's rules as a Dataplex scan checks them on the landed table. What ingest rejects must not be there at all (threshold 1): required
 * columns, the primary key and `reject` rules. What it only flags, and codes that it doesn't check, may be there in part.
 *
 * @throws Error when two rules would get one name, or one would break Dataplex's rules for names.
 */
export function qualityRules(table: Table, { warnThreshold = 0.95 }: QualityOptions = {}): readonly QualityRule[] {
  const columns = allColumns(table);
  const rules = [
    ...columns.filter(({ required }) => required).map(required),
    ...(table.primaryKey.length === 0 ? [] : [unique(table.primaryKey)]),
    ...columns.flatMap((column) => codes(column, warnThreshold)),
    ...table.rules.map((rule) => checked(rule, table.partitionBy, rule.severity === "reject" ? 1 : warnThreshold)),
  ];
  refuseBadNames(table, rules);
  return rules;
}

const required = ({ name, description }: NamedColumn): QualityRule => ({
  name: ruleName("required", name),
  description: `Required: ${description}`,
  dimension: "COMPLETENESS",
  column: name,
  nonNull: true,
  threshold: 1,
});

function unique(key: readonly string[]): QualityRule {
  const shared = { name: ruleName("unique", ...key), dimension: "UNIQUENESS", threshold: 1 } as const;
  const [column = ""] = key;
  if (key.length === 1) return { ...shared, description: "The primary key stands once.", column, unique: true };
  const columns = key.join(", ");
  const sqlAssertion = `SELECT ${columns} FROM \${data()} GROUP BY ${columns} HAVING COUNT(*) > 1`;
  return { ...shared, description: `The primary key (${columns}) stands once.`, sqlAssertion };
}

function codes({ name, values }: NamedColumn, threshold: number): QualityRule[] {
  if (values === undefined) return [];
  const named = Object.entries(values).map(([code, meaning]) => `${code} ${meaning}`);
  const shared = { name: ruleName("codes", name), dimension: "VALIDITY", column: name, ignoreNull: true, threshold } as const;
  return [{ ...shared, description: `The code is known: ${named.join(", ")}.`, set: Object.keys(values) }];
}

function checked(rule: Rule, fileMonth: string | undefined, threshold: number): QualityRule {
  const { name, description, check } = rule;
  const shared = { name: ruleName(name), description, threshold };
  const expectation = rangeOf(rule);
  if (expectation) return { ...shared, ...expectation, dimension: "VALIDITY", column: check.column, ignoreNull: true };
  const dimension: QualityDimension = "CONSISTENCY";
  return { ...shared, dimension, rowCondition: rowCondition(check, fileMonth) };
}

function rangeOf({ check }: Rule): QualityExpectation | undefined {
  if (check.kind === "at_least") return { range: { min: String(check.value) } };
  if (check.kind === "more_than") return { range: { min: String(check.value), strictMin: true } };
  if (check.kind === "between") return { range: { min: String(check.min), max: String(check.max) } };
  return undefined;
}

// Dataplex takes no underscore: https://cloud.google.com/dataplex/docs/reference/rest/v1/DataQualityRule
const ruleName = (...parts: readonly string[]): string => parts.map((part) => part.replace(/^_+/, "").replaceAll("_", "-")).join("-");

function refuseBadNames(table: Table, rules: readonly QualityRule[]): void {
  const names = rules.map(({ name }) => name);
  const bad = names.find((name, index) => names.indexOf(name) !== index || !/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name));
  if (bad === undefined) return;
  throw new Error(
    `Contract "${table.name}": the quality rule "${bad}" must have a name of its own, 1 to 63 of a-z, 0-9 and hyphens, a letter first: rename the rule or the column that it is named after.`,
  );
}
