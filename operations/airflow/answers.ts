/** A run as Airflow's API tells it, as far as it is needed here. */
export interface RunOfDag {
  readonly dag_run_id: string;
  readonly state: "queued" | "running" | "success" | "failed";
  readonly run_type: string;

  /** ISO 8601; null before it begins. */
  readonly start_date: string | null;

  /** The DAG's parameters that were given. */
  readonly conf: { readonly run_id?: string | null } | null;
}

/** A task of a run as Airflow's API tells it, as far as it is needed here. */
export interface TaskInstance {
  /** With the task group: `months.fetch`. */
  readonly task_id: string;

  /** Which of the plan's deliveries; -1 where there is but one. */
  readonly map_index: number;

  /** null before the scheduler has looked at it. */
  readonly state: string | null;
  readonly try_number: number;
  readonly max_tries: number;
  readonly end_date: string | null;

  /** Seconds. */
  readonly duration: number | null;
}

/** One file month of one service. */
export interface Delivery {
  readonly service: string;

  /** `YYYY-MM`; null for zones. */
  readonly file_month: string | null;
}
