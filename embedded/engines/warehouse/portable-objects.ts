import type { DuckDBConnection } from "@duckdb/node-api";
import type { BigqueryRoutine, BigqueryTable } from "../../catalog/deployed-objects";
import { name } from "./sql-text";

/** A view or routine that DuckDB may be able to serve: it holds no rows and can be made anew at any time. */
export interface PortableObject {
  readonly dataset: string;
  readonly object: string;

  /** How `DROP` calls it. */
  readonly kind: "VIEW" | "MACRO" | "MACRO TABLE";

  /** Statement that makes it. */
  readonly create: string;
}

/** What the warehouse was made to serve, and what it wasn't. */
export interface Served {
  readonly served: readonly PortableObject[];

  /** `dataset.name (why not)`. */
  readonly notServed: readonly string[];
}

/** A deployed view; a materialised one is an ordinary one here, always up to date. */
export function portableView({ dataset_id, table_id }: BigqueryTable, query: string): PortableObject {
  const path = `${name(dataset_id)}.${name(table_id)}`;
  return { dataset: dataset_id, object: table_id, kind: "VIEW", create: `CREATE VIEW ${path} AS ${withoutProjects(query)}` };
}

/** A deployed function in SQL as DuckDB's macro; `undefined` for procedures and other languages. */
export function portableRoutine({ dataset_id, routine_id, ...routine }: BigqueryRoutine): PortableObject | undefined {
  if (routine.routine_type === "PROCEDURE" || (routine.language ?? "SQL") !== "SQL") return undefined;
  const isTable = routine.routine_type === "TABLE_VALUED_FUNCTION";
  const parameters = routine.arguments.map((argument) => name(argument.name ?? "")).join(", ");
  const body = withoutProjects(routine.definition_body);
  const create = `CREATE MACRO ${name(dataset_id)}.${name(routine_id)}(${parameters}) AS ${isTable ? `TABLE ${body}` : `(${body})`}`;
  return { dataset: dataset_id, object: routine_id, kind: isTable ? "MACRO TABLE" : "MACRO", create };
}

/**
 * Makes the objects, in an order in which each finds what it reads. One whose GoogleSQL is not DuckDB's is left out: it is no failure of the
 * deployment.
 */
export async function makePortable(connection: DuckDBConnection, objects: readonly PortableObject[]): Promise<Served> {
  const served: PortableObject[] = [];
  let waiting = objects.map((object) => ({ object, why: "" }));
  for (let before = Infinity; waiting.length > 0 && waiting.length < before;) {
    before = waiting.length;
    const refused: typeof waiting = [];
    for (const { object } of waiting) {
      const why = await refusal(connection, object.create);
      if (why === undefined) served.push(object);
      else refused.push({ object, why });
    }
    waiting = refused;
  }
  return { served, notServed: waiting.map(({ object: { dataset, object }, why }) => `${dataset}.${object} (${why})`) };
}

// An error of parser, binder or catalogue leaves DuckDB's transaction as it was.
async function refusal(connection: DuckDBConnection, statement: string): Promise<string | undefined> {
  try {
    await connection.run(statement);
    return undefined;
  } catch (error) {
    return (error instanceof Error ? error.message : String(error)).split("\n")[0];
  }
}

/** A name in backquotes without its project, quoted as DuckDB does; nothing else of GoogleSQL is translated. */
const withoutProjects = (sql: string): string =>
  sql.replace(/`(?:[^`.]+\.)?([^`.]+)\.([^`.]+)`/g, (_, dataset: string, table: string) => `${name(dataset)}.${name(table)}`);
