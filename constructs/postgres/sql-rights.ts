/** Who is to do what in a database, by the names of their users. */
export interface SqlUsers {
  readonly database: string;

  /** Schema that the writer makes. */
  readonly schema: string;
  readonly writer: string;
  readonly readers: readonly string[];
}

/** SQL that gives users their rights: two texts, since only the owner of a schema can give rights in it. May be run again. */
export interface SqlRights {
  /** For the administrator (`postgres`, a member of `cloudsqlsuperuser`). */
  readonly asAdministrator: string;

  /** For the writer, after that. */
  readonly asWriter: string;
}

/** The writer makes a schema and tables in it, which readers read: those that are there, and those that will be. */
export function rightsOf({ database, schema, writer, readers }: SqlUsers): SqlRights {
  return {
    asAdministrator: `GRANT CREATE ON DATABASE ${quoted(database)} TO ${quoted(writer)};`,
    asWriter: [
      `CREATE SCHEMA IF NOT EXISTS ${quoted(schema)};`,
      ...readers.flatMap((reader) => [
        `GRANT USAGE ON SCHEMA ${quoted(schema)} TO ${quoted(reader)};`,
        `GRANT SELECT ON ALL TABLES IN SCHEMA ${quoted(schema)} TO ${quoted(reader)};`,
        `ALTER DEFAULT PRIVILEGES IN SCHEMA ${quoted(schema)} GRANT SELECT ON TABLES TO ${quoted(reader)};`,
      ]),
    ].join("\n"),
  };
}

// Names of Google's identities hold @ and dots.
const quoted = (name: string): string => `"${name}"`;
