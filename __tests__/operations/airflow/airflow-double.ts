import { GoogleDouble, type Reply } from "../google/double";

/** A task instance in the API's shape, as far as it is read. */
export const instance = (task: string, state: string | null = "success", more: object = {}) => ({
  task_id: task,
  map_index: -1,
  state,
  try_number: 1,
  max_tries: 1,
  end_date: "2026-01-01T00:00:01Z",
  duration: 1.5,
  ...more,
});

const RUNS = /^api\/v2\/dags\/trips\/dagRuns$/;

/**
 * Stands in for Airflow's REST API and for the bucket of its runs: one DAG, whose run ends as soon as it is looked at. Shapes are those of Airflow 3.1's
 * `api_fastapi/core_api/datamodels`; that a real Airflow answers so is shown by `pipelines/dags/tests/test_followed.py`.
 */
export class AirflowDouble extends GoogleDouble {
  public paused = false;
  public underWay: object[] = [];
  public state = "success";
  public instances = [instance("plan"), instance("outcome")];
  public deliveries: object[] = [];

  /** Documents below data/runs/<run>/. */
  public readonly documents = new Map<string, unknown>();

  /** Runs that were started, with their parameters. */
  public readonly started: { dag_run_id: string; logical_date: null; conf: Record<string, unknown> }[] = [];

  constructor() {
    super();
    this.on("GET", /^api\/v2\/dags\/trips$/, () => ({ body: { dag_id: "trips", is_paused: this.paused, has_import_errors: false } }));
    this.on("PATCH", /^api\/v2\/dags\/trips$/, ({ body }) => {
      this.paused = body.is_paused;
      return { body };
    });
    this.on("GET", RUNS, ({ query }) => list("dag_runs", query.has("state") ? this.underWay : this.started.map((run) => this.run(run))));
    this.on("POST", RUNS, ({ body }) => {
      this.started.push(body);
      return { body: this.run(body) };
    });
    this.on("GET", /^api\/v2\/dags\/trips\/dagRuns\/([^/]+)$/, (_, id) => {
      const run = this.started.find(({ dag_run_id: known }) => known === id);
      return run ? { body: this.run(run) } : { status: 404, body: { detail: "The DagRun was not found" } };
    });
    this.on("GET", /taskInstances$/, () => list("task_instances", this.instances));
    this.on("GET", /taskInstances\/plan\/xcomEntries\/return_value$/, () => ({ body: { key: "return_value", value: this.deliveries } }));
    this.on("GET", /^storage\/storage\/v1\/b\/acme-airflow\/o\/data\/runs\/[^/]+\/(.+)$/, (_, file = "") =>
      this.documents.has(file) ? { body: this.documents.get(file) } : { status: 404, body: { error: { code: 404, message: "none" } } },
    );
  }

  /** A run that somebody else began. */
  public begun(id: string): this {
    this.started.push({ dag_run_id: id, logical_date: null, conf: { run_id: id } });
    return this;
  }

  private run({ dag_run_id, conf }: { dag_run_id: string; conf: object }): object {
    return { dag_run_id, dag_id: "trips", state: this.state, run_type: "manual", start_date: null, conf };
  }
}

const list = (name: string, items: readonly object[]): Reply => ({ body: { [name]: items, total_entries: items.length } });
