/** Airflow refused a call, or couldn't be reached; the message says how to mend it. */
export class AirflowApiError extends Error {
  public override readonly name = "AirflowApiError";

  constructor(
    message: string,
    /** HTTP status; 0 where there was no answer. */
    public readonly status: number,
  ) {
    super(message);
  }
}
