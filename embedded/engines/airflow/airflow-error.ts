import { EmbeddedError } from "../../embedded-error";

/** Airflow couldn't be made ready, or a run ended without saying how. */
export class AirflowError extends EmbeddedError {
  public override readonly name: string = "AirflowError";

  constructor(
    message: string,
    /** Where Airflow's own words are. */
    public readonly logFile: string,
  ) {
    super(message, `  log: ${logFile}`);
  }
}

/** A run was stopped from outside; nothing of it is left running, and the next run takes up where it was. */
export class DagRunInterrupted extends Error {
  constructor(
    public readonly runId: string,
    /** `SIGINT`, `SIGTERM`, `SIGHUP`, or `abort` for the caller's own signal. */
    public readonly by: string,
  ) {
    super(`The run ${runId} was stopped (${by}). The same command goes on from what was finished.`);
    this.name = "DagRunInterrupted";
  }
}
