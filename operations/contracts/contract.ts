/** As much of `contracts.json` as the check compares. */
export interface Contracts {
  readonly tables: Readonly<Record<string, Table>>;
}

export interface Table {
  readonly name: string;
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
}

export interface Rule {
  readonly name: string;
  readonly severity: "reject" | "warn";
  readonly check: object;
}
