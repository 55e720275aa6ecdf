import type { Column } from "./contract";
import { change, different, type ContractChange } from "./contract-change";

/** All differences between the columns of two versions of a table. */
export function compareColumns(table: string, old: readonly Column[], young: readonly Column[]): ContractChange[] {
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
    ...comparePolicyTag(where, old.policyTag, young.policyTag),
    ...different("sinceChanged", where, "since", old.since ?? "ever", young.since ?? "ever"),
  ];
}

function comparePolicyTag(where: string, old: string | undefined, young: string | undefined): ContractChange[] {
  const kind = old === undefined ? "policyTagAdded" : young === undefined ? "policyTagRemoved" : "policyTagChanged";
  return different(kind, where, "policy tag", old ?? "none", young ?? "none");
}

/** E.g. `decimal(12, 2)`. */
export const typeName = ({ type, precision, scale }: Column): string =>
  precision === undefined ? type : `${type}(${String(precision)}, ${String(scale)})`;
