/** A column of a table's schema, as BigQuery's JSON has it. */
export interface Column {
  readonly name: string;
  readonly type: string;
  readonly mode?: string;
  readonly fields?: readonly Column[];
  readonly policyTags?: { readonly names?: readonly string[] };
}

// BigQuery gives the older name of a type back, whichever was sent.
const OLDER_NAME: Readonly<Record<string, string>> = { INT64: "INTEGER", FLOAT64: "FLOAT", BOOL: "BOOLEAN", STRUCT: "RECORD" };

/** @returns What is wrong with the JSON text of a schema, or `undefined`. */
export function schemaComplaint(text: string): string | undefined {
  try {
    return columnsComplaint(JSON.parse(text), "the schema");
  } catch (error) {
    return `the schema isn't JSON: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function columnsComplaint(columns: unknown, where: string): string | undefined {
  if (!Array.isArray(columns)) return `${where} must be a JSON list of columns`;
  return columns
    .map((column, index) => columnComplaint(column, `column ${index + 1} of ${where}`))
    .find((complaint) => complaint !== undefined);
}

function columnComplaint(column: unknown, where: string): string | undefined {
  const { name, type, fields } = { ...(column as Partial<Column> | null) };
  if (typeof name !== "string" || name === "") return `${where} must have a "name"`;
  if (typeof type !== "string" || type === "") return `${where} ("${name}") must have a "type"`;
  return fields === undefined ? undefined : columnsComplaint(fields, `"${name}"`);
}

/** Whether two schemas mean the same to BigQuery: order of columns, NULLABLE, no policy tag and older names of types make no difference. */
export function sameSchema(one: string, other: string): boolean {
  const [left, right] = [read(one), read(other)];
  return left !== undefined && right !== undefined && comparable(left) === comparable(right);
}

/**
 * Whether BigQuery can change a table's schema in place: nullable columns may be added, or columns dropped (not both, not of an external
 * table, not within a record), and a required column may become nullable.
 */
export function canAlter(prior: string, planned: string, isExternal: boolean): boolean {
  const [before, after] = [read(prior), read(planned)];
  return before !== undefined && after !== undefined && alterable(before, after, !isExternal);
}

function alterable(before: readonly Column[], after: readonly Column[], mayDrop: boolean): boolean {
  const added = after.filter(({ name }) => !before.some((former) => former.name === name));
  if (added.some(({ mode }) => modeOf(mode) === "REQUIRED")) return false;
  const dropped = before.filter(({ name }) => !after.some((latter) => latter.name === name));
  if (dropped.length > 0 && (!mayDrop || added.length > 0)) return false;
  return before.every((former) => {
    const latter = after.find(({ name }) => name === former.name);
    if (!latter) return true;
    const sameMode =
      modeOf(former.mode) === modeOf(latter.mode) || (modeOf(former.mode) === "REQUIRED" && modeOf(latter.mode) === "NULLABLE");
    return typeOf(former.type) === typeOf(latter.type) && sameMode && alterable(former.fields ?? [], latter.fields ?? [], false);
  });
}

/** `undefined` for a text that isn't a schema. */
function read(text: string): readonly Column[] | undefined {
  if (schemaComplaint(text) !== undefined) return undefined;
  return JSON.parse(text) as Column[];
}

function comparable(schema: readonly Column[]): string {
  const described = schema.map((each) => {
    const untagged = (each.policyTags?.names ?? []).length === 0;
    const entries = Object.entries(each).filter(
      ([key, value]) => !(key === "description" && value === "") && !(key === "policyTags" && untagged),
    );
    const normal = {
      ...Object.fromEntries(entries),
      type: typeOf(each.type),
      mode: modeOf(each.mode),
      fields: comparable(each.fields ?? []),
    };
    return JSON.stringify(Object.entries(normal).sort(([one], [other]) => (one < other ? -1 : 1)));
  });
  return described.sort().join();
}

function typeOf(type: string): string {
  const upper = type.toUpperCase();
  return OLDER_NAME[upper] ?? upper;
}

function modeOf(mode: string | undefined): string {
  return mode?.toUpperCase() || "NULLABLE";
}
