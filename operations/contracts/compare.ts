import type { Contracts, ForeignKey, Rule, Table } from "./contract";
import { compareColumns } from "./compare-columns";
import { change, different, type ContractChange } from "./contract-change";
import { type ChangeKind, type Effect, effects, type EngineEffect } from "./effects";

/** The worst that a change does in any engine. */
export const worstEffect = ({ kind }: ContractChange): Effect => worstOf(effects[kind]);

/** The worst of a change's effects. */
export function worstOf(byEngine: Readonly<Record<string, EngineEffect>>): Effect {
  const order: readonly Effect[] = ["none", "additive", "relaxing", "destructive"];
  return Object.values(byEngine)
    .map(({ effect }) => effect)
    .reduce((one, other) => (order.indexOf(one) > order.indexOf(other) ? one : other));
}

/** All differences, table by table in the new order; tables that are gone, and what is loaded by default, come last. */
export function compareContracts(before: Contracts, after: Contracts): ContractChange[] {
  const changed = Object.values(after.tables).flatMap((table): ContractChange[] => {
    const old = before.tables[table.name];
    return old ? compareTables(old, table) : [{ kind: "tableAdded", where: table.name, what: "new table" }];
  });
  const removed = Object.keys(before.tables).filter((name) => !(name in after.tables));
  return [
    ...changed,
    ...removed.map((where): ContractChange => ({ kind: "tableRemoved", where, what: "table removed" })),
    ...compareDefaults(defaultServices(before), defaultServices(after)),
  ];
}

function compareTables(old: Table, young: Table): ContractChange[] {
  const where = young.name;
  return [
    ...compareColumns(where, [...old.columns, ...old.systemColumns], [...young.columns, ...young.systemColumns]),
    ...different("partitionChanged", where, "partitioned by", old.partitionBy ?? "nothing", young.partitionBy ?? "nothing"),
    ...different("clusteringChanged", where, "clustered by", old.clusterBy.join(", "), young.clusterBy.join(", ")),
    ...different(
      old.service === null ? "serviceGiven" : "serviceChanged",
      where,
      "filled by",
      old.service ?? "none",
      young.service ?? "none",
    ),
    ...different("primaryKeyChanged", where, "primary key", old.primaryKey.join(", ") || "none", young.primaryKey.join(", ") || "none"),
    ...different("foreignKeysChanged", where, "foreign keys", keysShown(old.foreignKeys), keysShown(young.foreignKeys)),
    ...compareRules(where, old.rules, young.rules),
  ];
}

const defaultServices = (contracts: Contracts): readonly string[] =>
  contracts.defaultServices ??
  Object.values(contracts.tables).flatMap(({ service, partitionBy }) => (service !== null && partitionBy !== null ? [service] : []));

/** In which order they are named says nothing. */
function compareDefaults(old: readonly string[], young: readonly string[]): ContractChange[] {
  const where = (name: string) => `service ${name}`;
  return [
    ...young.filter((name) => !old.includes(name)).map((name) => change("defaultServiceAdded", where(name), "loaded by default")),
    ...old
      .filter((name) => !young.includes(name))
      .map((name) => change("defaultServiceRemoved", where(name), "no longer loaded by default")),
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

const keysShown = (keys: readonly ForeignKey[] = []): string =>
  keys.map(({ column, table, references }) => `${column} → ${table}.${references}`).join(", ") || "none";
