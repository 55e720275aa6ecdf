/**
 * What a change means where it arrives. `additive`: what is there stays, and is read as before. `relaxing`: more is accepted than before.
 * `destructive`: rows, columns or values are lost, or rows that were accepted are no longer.
 */
export type Effect = "none" | "additive" | "relaxing" | "destructive";

/** Where a contract's change arrives: what ingest accepts, and each store. */
export const engines = ["ingest", "bigquery", "postgres", "duckdb"] as const;

export type Engine = (typeof engines)[number];

/** What happens in one engine, in words where it isn't plain. */
export interface EngineEffect {
  readonly effect: Effect;
  readonly how?: string;
}

/** By engine. */
export type Effects = Readonly<Record<Engine, EngineEffect>>;

const additive: EngineEffect = { effect: "additive" };
const none: EngineEffect = { effect: "none" };
const relaxing: EngineEffect = { effect: "relaxing" };
const destructive = (how: string): EngineEffect => ({ effect: "destructive", how });

const emptied = destructive("the table is emptied; its months are loaded again from raw");
const unchecked: EngineEffect = {
  effect: "additive",
  how: "no row changes: BigQuery doesn't check keys, its optimizer and the quality scans believe them",
};
const fewerRows = destructive("rows that were accepted may go to quarantine when their months are loaded again");

/**
 * What each kind of change does. BigQuery's column comes from the provider's rules for changing a schema in place
 * (hashicorp/google 6.50.0, `resourceBigQueryTableSchemaIsChangeable`), where all our columns are NULLABLE; Postgres's from ingest's
 * `postgres_shape.py`; DuckDB's from `embedded/engines/warehouse`.
 */
export const effects = {
  tableAdded: { ingest: additive, bigquery: additive, postgres: additive, duckdb: additive },
  tableRemoved: {
    ingest: destructive("its files are no longer read"),
    bigquery: destructive("the table is destroyed"),
    postgres: { effect: "none", how: "the table stays, and is no longer filled" },
    duckdb: destructive("the table is dropped"),
  },
  optionalColumnAdded: { ingest: relaxing, bigquery: additive, postgres: additive, duckdb: additive },
  requiredColumnAdded: { ingest: fewerRows, bigquery: additive, postgres: emptied, duckdb: additive },
  columnRemoved: {
    ingest: destructive("the column is kept aside as unknown"),
    bigquery: destructive("the column is dropped"),
    postgres: destructive("the column is dropped"),
    duckdb: destructive("the column is dropped"),
  },
  columnReplaced: {
    ingest: destructive("the column is kept aside as unknown"),
    bigquery: destructive("the table is replaced: a schema can't drop and add columns in one update"),
    postgres: destructive("the column is dropped"),
    duckdb: destructive("the column is dropped"),
  },
  typeChanged: {
    ingest: fewerRows,
    bigquery: destructive("the table is replaced"),
    postgres: emptied,
    duckdb: destructive("refused while the table stands"),
  },
  precisionChanged: {
    ingest: fewerRows,
    bigquery: { effect: "additive", how: "BigQuery refuses fewer digits" },
    postgres: emptied,
    duckdb: destructive("refused while the table stands"),
  },
  madeOptional: { ingest: relaxing, bigquery: none, postgres: relaxing, duckdb: none },
  madeRequired: { ingest: fewerRows, bigquery: none, postgres: none, duckdb: none },
  aliasAdded: { ingest: relaxing, bigquery: none, postgres: none, duckdb: none },
  aliasRemoved: {
    ingest: destructive("files with the old name lack the column"),
    bigquery: none,
    postgres: none,
    duckdb: none,
  },
  sinceChanged: { ingest: relaxing, bigquery: none, postgres: none, duckdb: none },
  partitionChanged: {
    ingest: none,
    bigquery: destructive("the table is replaced"),
    postgres: destructive("the table must be dropped by hand: its partitions are by the old column"),
    duckdb: none,
  },
  clusteringChanged: { ingest: none, bigquery: additive, postgres: none, duckdb: none },
  policyTagAdded: {
    ingest: none,
    bigquery: destructive("who may not read what the tag hides can't read the column any more; staging leaves it out"),
    postgres: none,
    duckdb: destructive("staging leaves the column out"),
  },
  policyTagRemoved: {
    ingest: none,
    bigquery: { effect: "relaxing", how: "who may read the table may read the column; staging takes it in" },
    postgres: none,
    duckdb: { effect: "additive", how: "staging takes the column in" },
  },
  policyTagChanged: {
    ingest: none,
    bigquery: destructive("who may not read what the new tag hides can't read the column any more"),
    postgres: none,
    duckdb: none,
  },
  primaryKeyChanged: { ingest: none, bigquery: unchecked, postgres: none, duckdb: none },
  foreignKeysChanged: { ingest: none, bigquery: unchecked, postgres: none, duckdb: none },
  serviceGiven: { ingest: relaxing, bigquery: none, postgres: none, duckdb: none },
  serviceChanged: { ingest: destructive("the old service's files no longer fill the table"), bigquery: none, postgres: none, duckdb: none },
  defaultServiceAdded: {
    ingest: { effect: "additive", how: "loaded where no service is named" },
    bigquery: none,
    postgres: none,
    duckdb: none,
  },
  defaultServiceRemoved: {
    ingest: { effect: "none", how: "loaded only where it is named; what is there stays" },
    bigquery: none,
    postgres: none,
    duckdb: none,
  },
  rejectRuleAdded: { ingest: fewerRows, bigquery: none, postgres: none, duckdb: none },
  rejectRuleRemoved: { ingest: relaxing, bigquery: none, postgres: none, duckdb: none },
  rejectRuleChanged: { ingest: fewerRows, bigquery: none, postgres: none, duckdb: none },
  warnRuleChanged: { ingest: additive, bigquery: none, postgres: none, duckdb: none },
} satisfies Record<string, Effects>;

/** A kind of change. */
export type ChangeKind = keyof typeof effects;
