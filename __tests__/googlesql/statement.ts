/** SQL that we ship to BigQuery. */
export interface Statement {
  /** Where it is written: a file, or what made it, for people. */
  readonly origin: string;

  /** A statement or a script. */
  readonly sql: string;

  /** Types of its query parameters. */
  readonly parameters?: Readonly<Record<string, string>>;

  /** Types of what a procedure's body gets as arguments. */
  readonly variables?: Readonly<Record<string, string>>;

  /** Where a line of the SQL is written, when `origin` alone doesn't tell. */
  readonly locate?: (line: number) => string;
}

/** A table that is there before the first statement. */
export interface CatalogTable {
  /** Project, dataset and table, with dots between. */
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}
