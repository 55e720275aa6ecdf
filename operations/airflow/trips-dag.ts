import type { AirflowApi } from "./airflow-api";
import { AirflowApiError } from "./airflow-api-error";
import type { Delivery, RunOfDag, TaskInstance } from "./answers";

const DAG = "dags/trips";
const RUNS = `${DAG}/dagRuns`;

/** The DAG's `start_date`. */
const BEFORE_ANY_SCHEDULE = "2019-01-01T00:00:00Z";

const runPath = (id: string): string => `${RUNS}/${encodeURIComponent(id)}`;

/** The DAG `trips` in an Airflow somewhere. */
export class TripsDag {
  constructor(private readonly api: AirflowApi) {}

  /** Whether it is paused: then its runs wait. @throws AirflowApiError where Airflow hasn't got it, or can't import it */
  public async isPaused(): Promise<boolean> {
    const dag = await this.api.get<{ is_paused: boolean; has_import_errors?: boolean }>(DAG).catch((error: unknown) => {
      if (error instanceof AirflowApiError && error.status === 404) return undefined;
      throw error;
    });
    if (dag === undefined || dag.has_import_errors) {
      const errors = await this.importErrors();
      if (errors !== "") throw new AirflowApiError(`Airflow can't import the DAG "trips", so nothing was started:\n${errors}`, 404);
    }
    if (dag !== undefined) return dag.is_paused;
    throw new AirflowApiError(
      'Airflow has no DAG "trips" yet. A new deployment\'s DAGs are there within some minutes; if not, deploy again.',
      404,
    );
  }

  /** Lets its runs begin, those of its schedule too. */
  public async unpause(): Promise<void> {
    await this.api.patch(DAG, { is_paused: false });
  }

  /** Runs that haven't ended, the eldest first. */
  public underWay(): Promise<RunOfDag[]> {
    return this.api.list<RunOfDag>(`${RUNS}?state=queued&state=running&order_by=run_after`, "dag_runs");
  }

  /**
   * Begins a run with the DAG's parameters.
   *
   * @param first Before all that wait already, the schedule's run of a DAG that was paused among them: the scheduler takes the eldest first.
   */
  public start(id: string, parameters: object, first = false): Promise<RunOfDag> {
    const due = first ? { run_after: BEFORE_ANY_SCHEDULE } : {};
    // Without a logical date: a run by hand stands for no month.
    return this.api.post<RunOfDag>(RUNS, { dag_run_id: id, logical_date: null, conf: parameters, ...due });
  }

  /** @throws AirflowApiError where there is no such run, naming the latest */
  public async run(id: string): Promise<RunOfDag> {
    try {
      return await this.api.get<RunOfDag>(runPath(id));
    } catch (error) {
      if (!(error instanceof AirflowApiError && error.status === 404)) throw error;
      const { dag_runs: latest } = await this.api.get<{ dag_runs: RunOfDag[] }>(`${RUNS}?order_by=-id&limit=3`);
      const known = latest.map((run) => run.dag_run_id).join(", ");
      throw new AirflowApiError(`Airflow has no run "${id}"${known === "" ? "; it has none yet." : `; the latest are ${known}.`}`, 404);
    }
  }

  /** All tasks of a run, one for each delivery where there are several. */
  public taskInstances(id: string): Promise<TaskInstance[]> {
    return this.api.list<TaskInstance>(`${runPath(id)}/taskInstances`, "task_instances");
  }

  /** What a run's plan found to do, in the order in which tasks are numbered; none before it is made. */
  public async deliveries(id: string): Promise<Delivery[]> {
    const path = `${runPath(id)}/taskInstances/plan/xcomEntries/return_value?deserialize=true`;
    try {
      return (await this.api.get<{ value: Delivery[] }>(path)).value;
    } catch (error) {
      if (error instanceof AirflowApiError && error.status === 404) return [];
      throw error;
    }
  }

  /** Each file's name and the last line of its trace, which says what is wrong. */
  private async importErrors(): Promise<string> {
    const errors = await this.api.list<{ filename: string; stack_trace: string }>("importErrors", "import_errors");
    return errors.map(({ filename, stack_trace: trace }) => `  ${filename}: ${trace.trim().split("\n").at(-1) ?? ""}`).join("\n");
  }
}
