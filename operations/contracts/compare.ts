import type { Column, Contracts, Rule, Table } from "./contract";
import { type ChangeKind, type Effect, effects, engines } from "./effects";

/** One difference between two versions of the contracts. */
export interface ContractChange {
  readonly kind: ChangeKind;

  /** `yellow_trips`, or `yellow_trips.fare_amount`. */
  readonly where: string;

  /** What changed, e.g. `integer → decimal(12, 2)`. */
  readonly what: string;
}

/** The worst that a change does in any engine. */
export function worstEffect({ kind }: ContractChange): Effect {
  const order: readonly Effect[] = ["none", "additive", "relaxing", "destructive"];
  return engines
    .map((engine) => effects[kind][engine].effect)
    .reduce((one, other) => (order.indexOf(one) > order.indexOf(other) ? one : other));
}

/** All differences, table by table in the new order; tables that are gone come last. */
export function compareContracts(before: Contracts, after: Contracts): ContractChange[] {
  const changed = Object.values(after.tables).flatMap((table): ContractChange[] => {
    const old = before.tables[table.name];
    return old ? compareTables(old, table) : [{ kind: "tableAdded", where: table.name, what: "new table" }];
  });
  const removed = Object.keys(before.tables).filter((name) => !(name in after.tables));
  return [...changed, ...removed.map((where): ContractChange => ({ kind: "tableRemoved", where, what: "table removed" }))];
}

function compareTables(old: Table, young: Table): ContractChange[] {
  const where = young.name;
  return [
    ...compareColumns(where, [...old.columns, ...old.systemColumns], [...young.columns, ...young.systemColumns]),
    ...different("partitionChanged", where, "partitioned by", old.partitionBy ?? "nothing", young.partitionBy ?? "nothing"),
    ...different("clusteringChanged", where, "clustered by", old.clusterBy.join(", "), young.clusterBy.join(", ")),
    ...compareRules(where, old.rules, young.rules),
  ];
}

function compareColumns(table: string, old: readonly Column[], young: readonly Column[]): ContractChange[] {
  const before = new Map(old.map((column) => [column.name, column]));
  const after = new Set(young.map(({ name }) => name));
  const added = young.filter(({ name }) => !before.has(name));
  const removed = old.filter(({ name }) => !after.has(name));
  return [
    ...added.map(({ name, required }) =>
      change(required ? "requiredColumnAdded" : "optionalColumnAdded", `${table}.${name}`, "new column"),
    ),
    ...removed.map(({ name }) => change(added.length > 0 ? "columnReplaced" : "columnRemoved", `${table}.${name}`, "column removed")),
    ...young.flatMap((column) => {
      const same = before.get(column.name);
      return same ? compareColumn(`${table}.${column.name}`, same, column) : [];
    }),
  ];
}

function compareColumn(where: string, old: Column, young: Column): ContractChange[] {
  const kind = old.type === young.type ? "precisionChanged" : "typeChanged";
  const lacking = (names: readonly string[], others: readonly string[]) => {
    const known = new Set(others.map((name) => name.toLowerCase()));
    return names.filter((name) => !known.has(name.toLowerCase()));
  };
  return [
    ...different(kind, where, "", typeName(old), typeName(young)),
    ...(old.required === young.required
      ? []
      : [young.required ? change("madeRequired", where, "required") : change("madeOptional", where, "optional")]),
    ...lacking(young.aliases, old.aliases).map((alias) => change("aliasAdded", where, `also known as ${alias}`)),
    ...lacking(old.aliases, young.aliases).map((alias) => change("aliasRemoved", where, `no longer known as ${alias}`)),
    ...different("sinceChanged", where, "since", old.since ?? "ever", young.since ?? "ever"),
  ];
}

function compareRules(table: string, old: readonly Rule[], young: readonly Rule[]): ContractChange[] {
  const before = new Map(old.map((rule) => [rule.name, rule]));
  const after = new Map(young.map((rule) => [rule.name, rule]));
  return [...new Set([...after.keys(), ...before.keys()])].flatMap((name) => {
    const [was, is] = [before.get(name), after.get(name)];
    if (was && is && was.severity === is.severity && JSON.stringify(was.check) === JSON.stringify(is.check)) return [];
    return [change(ruleKind(was, is), `${table}, rule ${name}`, `${shown(was)} → ${shown(is)}`)];
  });
}

function ruleKind(was: Rule | undefined, is: Rule | undefined): ChangeKind {
  if (is?.severity === "reject") return was?.severity === "reject" ? "rejectRuleChanged" : "rejectRuleAdded";
  return was?.severity === "reject" ? "rejectRuleRemoved" : "warnRuleChanged";
}

const shown = (rule: Rule | undefined): string => (rule ? `${rule.severity} ${JSON.stringify(rule.check)}` : "none");

const typeName = ({ type, precision, scale }: Column): string =>
  precision === undefined ? type : `${type}(${String(precision)}, ${String(scale)})`;

const change = (kind: ChangeKind, where: string, what: string): ContractChange => ({ kind, where, what });

const different = (kind: ChangeKind, where: string, what: string, old: string, young: string): ContractChange[] =>
  old === young ? [] : [change(kind, where, `${what} ${old} → ${young}`.trim())];
