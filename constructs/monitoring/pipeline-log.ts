/** What the pipelines tell in one line of JSON, in its field `event`. */
export type PipelineEvent = "task_failed" | "delivery_landed" | "delivery_refused";

/** Where in Cloud Logging such lines are. */
export interface PipelineLog {
  /** Monitored resource of the entries, e.g. `cloud_run_job`. */
  readonly resourceType: string;

  /** Further comparisons in Cloud Logging's query language, all of which must hold. */
  readonly where: readonly string[];

  /**
   * Fields of an entry, one of which has the line as a text, perhaps within another; labels are taken from the first.
   *
   * @default [] - the line was taken apart: its fields are those of `jsonPayload`
   */
  readonly lineFields?: readonly string[];
}

/**
 * Standard output of a Cloud Run job: Google takes a line of JSON apart.
 *
 * @see https://cloud.google.com/run/docs/logging#using-json
 */
export const jobLog = (job: string): PipelineLog => ({
  resourceType: "cloud_run_job",
  where: [`resource.labels.job_name = "${job}"`, 'log_id("run.googleapis.com/stdout")'],
});

/**
 * What tasks log on Composer: text, with a prefix of Airflow's. Not by the log's name: of a task whose process vanished, the DAG processor tells.
 *
 * @see https://cloud.google.com/composer/docs/composer-3/view-logs
 */
export const composerTaskLog = (environmentName: string): PipelineLog => ({
  resourceType: "cloud_composer_environment",
  where: [`resource.labels.environment_name = "${environmentName}"`],
  lineFields: ["textPayload", "jsonPayload.event", "jsonPayload.message"],
});

/** What the tasks of an Airflow on a machine log, where an agent sends it to this log: Airflow's own JSON around the line. */
export const machineTaskLog = (logId: string): PipelineLog => ({
  resourceType: "gce_instance",
  where: [`log_id("${logId}")`],
  lineFields: ["jsonPayload.event", "jsonPayload.message", "textPayload"],
});

// Without a backslash or a quotation mark, which would have to be written otherwise in each of the languages that this passes through.
const NOT_IN_A_NAME = "[^A-Za-z0-9_]";

/** Cloud Logging's filter for lines of these kinds. */
export function eventFilter({ resourceType, where, lineFields = [] }: PipelineLog, ...events: readonly PipelineEvent[]): string {
  const oneOf = `(${events.join("|")})`;
  const inText = lineFields.map((field) => `${field} =~ "${NOT_IN_A_NAME}event${NOT_IN_A_NAME}+${oneOf}${NOT_IN_A_NAME}"`);
  const isEvent = inText.length === 0 ? `jsonPayload.event =~ "^${oneOf}$"` : `(${inText.join(" OR ")})`;
  return [`resource.type = "${resourceType}"`, ...where, isEvent].join("\nAND ");
}

/**
 * How Cloud Logging takes a field's value from such a line: a word or a number.
 *
 * @see https://cloud.google.com/logging/docs/reference/v2/rest/v2/projects.metrics#LogMetric
 */
export function lineField({ lineFields: [line] = [] }: PipelineLog, name: string): string {
  if (line === undefined) return `EXTRACT(jsonPayload.${name})`;
  return `REGEXP_EXTRACT(${line}, "${NOT_IN_A_NAME}${name}[^A-Za-z0-9_:,]*:[^A-Za-z0-9_,]*([A-Za-z0-9_.+-]+)")`;
}
