import { resolved } from "./stack-catalog";
import type { Statement } from "./statement";

/** The routine as DDL; of a procedure the body, which DDL would leave unread. */
export function routineStatement(json: any, routine: any): Omit<Statement, "origin"> {
  const body = String(routine.definition_body);
  const parameters: [string, string][] = routine.arguments.map((one: any) => [one.name, JSON.parse(one.data_type).typeKind]);
  if (routine.routine_type === "PROCEDURE") return { sql: `${body};`, variables: Object.fromEntries(parameters) };
  const name = [json.provider.google[0].project, resolved(json, routine.dataset_id), routine.routine_id].join(".");
  const signature = `\`${name}\`(${parameters.map((parameter) => parameter.join(" ")).join(", ")})`;
  if (routine.routine_type === "TABLE_VALUED_FUNCTION") return { sql: `create table function ${signature} as\n${body}` };
  return { sql: `create function ${signature} returns ${String(JSON.parse(routine.return_type).typeKind)} as (\n${body})` };
}
