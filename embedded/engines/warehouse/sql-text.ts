/** A name, quoted for SQL. */
export const name = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** A text value, quoted for SQL. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
