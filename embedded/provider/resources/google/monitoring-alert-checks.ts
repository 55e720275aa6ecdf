import { blocksOf, textOf, type ValueObject } from "../../protocol/value";
import type { Complaint } from "../rules";
import { mustBeOneOf } from "./one-of";

const KINDS = [
  "condition_absent",
  "condition_matched_log",
  "condition_monitoring_query_language",
  "condition_prometheus_query_language",
  "condition_sql",
  "condition_threshold",
];
const HALF_AN_HOUR = 1800;
const SEVEN_DAYS = 604_800;

/** What is plainly wrong with an alert policy. */
export function alertComplaints(config: ValueObject): Complaint[] {
  const conditions = blocksOf(config, "conditions");
  return [
    ...mustBeOneOf(config, "combiner", ["AND", "OR", "AND_WITH_MATCHING_RESOURCE"]),
    ...mustBeOneOf(config, "severity", ["CRITICAL", "ERROR", "WARNING"]),
    ...conditions.flatMap(conditionComplaints),
    ...blocksOf(config, "alert_strategy").flatMap((strategy) => strategyComplaints(strategy, conditions)),
  ];
}

const inConditions = (message: string): Complaint => ({ attribute: "conditions", message });

function conditionComplaints(condition: ValueObject): Complaint[] {
  const title = textOf(condition, "display_name");
  const kinds = KINDS.filter((kind) => blocksOf(condition, kind).length > 0);
  if (kinds.length !== 1) return [inConditions(`The condition "${title}" must have exactly one of ${KINDS.join(", ")}.`)];
  const series = [...blocksOf(condition, "condition_threshold"), ...blocksOf(condition, "condition_absent")];
  return series.flatMap((each) => [
    ...filterComplaints(textOf(each, "filter"), title),
    ...mustBeOneOf(each, "comparison", ["COMPARISON_GT", "COMPARISON_LT"]).map(({ message }) => inConditions(message)),
    ...minutesComplaints(textOf(each, "duration"), "duration", title),
    ...blocksOf(each, "aggregations").flatMap((one) => minutesComplaints(textOf(one, "alignment_period"), "alignment_period", title)),
  ]);
}

function filterComplaints(filter: string, title: string): Complaint[] {
  const missing = ["metric.type", "resource.type"].find((part) => !filter.includes(part));
  return filter === "" || missing === undefined ? [] : [inConditions(`The filter of "${title}" must name a ${missing}.`)];
}

function minutesComplaints(duration: string, attribute: string, title: string): Complaint[] {
  const [, seconds] = /^(\d+)s$/.exec(duration) ?? [];
  if (duration === "" || Number(seconds) % 60 === 0) return [];
  return [inConditions(`The ${attribute} "${duration}" of "${title}" must be seconds that make whole minutes, e.g. 300s.`)];
}

function strategyComplaints(strategy: ValueObject, conditions: readonly ValueObject[]): Complaint[] {
  const attribute = "alert_strategy";
  const isOnLogs = conditions.some((condition) => blocksOf(condition, "condition_matched_log").length > 0);
  const isLimited = blocksOf(strategy, "notification_rate_limit").length > 0;
  const closing = textOf(strategy, "auto_close");
  const seconds = Number(closing.replace(/s$/, ""));
  return [
    ...(isOnLogs && !isLimited ? [{ attribute, message: "A condition on log entries needs a notification_rate_limit." }] : []),
    ...(isLimited && !isOnLogs ? [{ attribute, message: "Only a condition on log entries may have a notification_rate_limit." }] : []),
    ...(closing !== "" && !(seconds >= HALF_AN_HOUR && seconds <= SEVEN_DAYS)
      ? [{ attribute, message: `auto_close "${closing}" must be from 1800s (half an hour) to 604800s (7 days).` }]
      : []),
  ];
}
