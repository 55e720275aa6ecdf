/** As much of `contracts.json` as the check compares. */
export interface Contracts {
  /** Services that are loaded where none are named: all of them in the first contracts, which had no such list. */
  readonly defaultServices?: readonly string[];
  readonly tables: Readonly<Record<string, Table>>;

  /** The first contracts had none. */
  readonly events?: Readonly<Record<string, Event>>;
}

export interface Event {
  readonly name: string;

  /** Field by which events are ordered and spread. */
  readonly key: string;

  /** Field that says when it happened. */
  readonly time: string;
  readonly fields: readonly Column[];
}

export interface Table {
  readonly name: string;

  /** Whose monthly files fill the table. */
  readonly service: string | null;
  readonly primaryKey: readonly string[];

  /** The first contracts named none. */
  readonly foreignKeys?: readonly ForeignKey[];
  readonly partitionBy: string | null;
  readonly clusterBy: readonly string[];
  readonly columns: readonly Column[];
  readonly systemColumns: readonly Column[];
  readonly rules: readonly Rule[];
}

export interface Column {
  readonly name: string;
  readonly type: string;
  readonly precision?: number;
  readonly scale?: number;
  readonly required: boolean;
  readonly aliases: readonly string[];
  readonly since?: string;

  /** Who may read the table may read this column only with a right of its own. */
  readonly policyTag?: string;
}

export interface ForeignKey {
  readonly column: string;
  readonly table: string;

  /** Column of that table. */
  readonly references: string;
}

export interface Rule {
  readonly name: string;
  readonly severity: "reject" | "warn";
  readonly check: object;
}
