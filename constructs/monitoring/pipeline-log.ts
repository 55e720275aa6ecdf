import type { Environment } from "../environment/environment";

/** Log that the pipelines write their events to; the README says what an entry looks like. */
export const PIPELINE_LOG = "trips-pipelines";

/** What an entry tells, in its field `event`. */
export type PipelineEvent = "task_failed" | "delivery_landed";

/** Cloud Logging's filter for one kind of entry. */
export const pipelineEvents = ({ projectId }: Environment, event: PipelineEvent): string =>
  `logName = "projects/${projectId}/logs/${PIPELINE_LOG}" AND resource.type = "global" AND jsonPayload.event = "${event}"`;
