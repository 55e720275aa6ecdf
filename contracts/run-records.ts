/** A line of `progress.jsonl`, as ingest writes it. */
export interface ProgressLine {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly service: string | null;
  /** `YYYY-MM`; null for zones and for what concerns the whole run. */
  readonly file_month: string | null;
  readonly stage: string;
  readonly status: "started" | "done" | "unchanged" | "failed";
  readonly rows?: number;
  readonly seconds?: number;
  readonly message?: string;
}

/** A task of a run that failed. */
export interface FailedTask {
  /** `plan`, `fetch`, `clean`, `land`, `postgres`, `dbt_build`, `export`, `spark_report`, `report`. */
  readonly task: string;
  readonly service: string | null;
  readonly file_month: string | null;
  /** What the program said. */
  readonly message: string;
}

/** `outcome.json`: what the task `outcome` says of a run, here and in the cloud. */
export interface DagOutcome {
  readonly state: "success" | "failed";
  /** Tasks that failed; those that weren't run for their sake aren't named. */
  readonly failed: readonly FailedTask[];
  /** How many tasks ended in each state, e.g. `{"success": 77}`. */
  readonly tasks: Readonly<Record<string, number>>;
}
