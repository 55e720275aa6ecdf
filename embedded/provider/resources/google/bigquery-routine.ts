import { canonicalText, textOf, type Value, type ValueObject } from "../../protocol/value";
import type { Cloud } from "../cloud";
import { mustMatch } from "./must-match";
import { planProject, projectOf } from "./project";
import type { ResourceRules } from "../rules";

const KINDS = /^(SCALAR_FUNCTION|PROCEDURE|TABLE_VALUED_FUNCTION)$/;
const LANGUAGES = /^(SQL|JAVASCRIPT|PYTHON|JAVA|SCALA)$/;
const JSON_TEXTS = ["return_type", "return_table_type"];

export const bigqueryRoutine: ResourceRules = {
  type: "google_bigquery_routine",
  replacedBy: ["dataset_id", "routine_id", "routine_type", "project"],
  filledByCloud: [
    "project",
    "remote_function_options.user_defined_context",
    ...["archive_uris", "file_uris", "jar_uris", "properties", "py_file_uris"].map((name) => `spark_options.${name}`),
  ],
  defaults: { "arguments.argument_kind": "FIXED_TYPE" },
  normalized: Object.fromEntries(["arguments.data_type", ...JSON_TEXTS].map((path) => [path, normalJson])),
  changedByUpdate: ["last_modified_time"],
  id: path,
  filledIn: (_routine, cloud) => ({ project: cloud.project, creation_time: cloud.now(), last_modified_time: cloud.now() }),
  plan: planProject,
  validate: (config) => [
    ...mustMatch(config, "routine_id", /^\w{1,256}$/, "letters, digits and underscores, 256 at most"),
    ...mustMatch(config, "routine_type", KINDS, "SCALAR_FUNCTION, PROCEDURE or TABLE_VALUED_FUNCTION"),
    ...mustMatch(config, "language", LANGUAGES, "SQL, JAVASCRIPT, PYTHON, JAVA or SCALA"),
    ...JSON_TEXTS.filter((name) => textOf(config, name) !== "" && parsed(textOf(config, name)) === undefined).map((attribute) => ({
      attribute,
      message: `"${textOf(config, attribute)}" must be JSON, such as {"typeKind":"INT64"}.`,
    })),
  ],
};

function path(routine: ValueObject, cloud: Cloud): string {
  return `projects/${projectOf(routine, cloud)}/datasets/${textOf(routine, "dataset_id")}/routines/${textOf(routine, "routine_id")}`;
}

function normalJson(text: string): string {
  const value = parsed(text);
  return value === undefined ? text : canonicalText(value);
}

function parsed(text: string): Value | undefined {
  try {
    return JSON.parse(text) as Value;
  } catch {
    return undefined;
  }
}
