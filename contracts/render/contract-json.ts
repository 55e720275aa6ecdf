import type { Event } from "../model/event";
import type { NamedColumn, Table } from "../model/table";

const column = ({ name, type, precision, scale, required, aliases, since, description, values, policyTag }: NamedColumn) => ({
  name,
  type,
  ...(precision === undefined ? {} : { precision, scale }),
  required: required ?? false,
  aliases: aliases ?? [],
  ...(since === undefined ? {} : { since }),
  description,
  ...(values === undefined ? {} : { values }),
  ...(policyTag === undefined ? {} : { policyTag }),
});

/** The contracts for programs in other languages. */
export const contractJson = (tables: readonly Table[], defaultServices: readonly string[], events: readonly Event[]) => ({
  version: 1,
  services: Object.fromEntries(
    tables.filter(({ service, partitionBy }) => service && partitionBy).map(({ service, name }) => [service, name]),
  ),
  defaultServices,
  tables: Object.fromEntries(
    tables.map((table) => [
      table.name,
      {
        name: table.name,
        service: table.service ?? null,
        description: table.description,
        hash: table.hash,
        primaryKey: table.primaryKey,
        foreignKeys: table.foreignKeys,
        partitionBy: table.partitionBy ?? null,
        clusterBy: table.clusterBy,
        columns: table.columns.map(column),
        systemColumns: table.systemColumns.map(column),
        rules: table.rules,
      },
    ]),
  ),
  events: Object.fromEntries(
    events.map(({ name, description, key, time, fields }) => [name, { name, description, key, time, fields: fields.map(column) }]),
  ),
});
