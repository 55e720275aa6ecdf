import type { AirflowOptions } from "./airflow-options";
import { type DagRunRequest, type DagRunResult, runDag } from "./dag-run";
import { prepareAirflow } from "./prepare";

/**
 * Airflow on this machine, in place of Composer: the same DAG files, run once and followed.
 *
 *     const airflow = new Airflow({ environmentDir, orchestrationPython, dataPython, settingsFile, dagsFolder, … });
 *     await airflow.prepare();
 *     const { state, failed } = await airflow.runDag({ runId, conf: { source: "auto" }, onProgress: print });
 *
 * Nothing listens on any port, and nothing runs but during `runDag`.
 */
export class Airflow {
  constructor(private readonly options: AirflowOptions) {}

  /** Makes Airflow's home and database; needs no settings, so it can go on beside the deployment. Returns whether it had to. */
  public prepare(): Promise<boolean> {
    return prepareAirflow(this.options);
  }

  /** Runs the DAG `trips` once; see {@link runDag}. */
  public runDag(request: DagRunRequest): Promise<DagRunResult> {
    return runDag(this.options, request);
  }
}
