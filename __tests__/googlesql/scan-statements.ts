/** A data quality scan's rules as queries on the scanned rows; a rule without SQL still names a column. */
export function scanStatements(scan: any): string[] {
  const [project, dataset, table] = String(scan.data.resource).match(/(?<=projects\/|datasets\/|tables\/)(?:[^/$]|\$\{[^}]*\})+/g) ?? [];
  const { row_filter: filter, rules } = scan.data_quality_spec;
  const rows = `(select * from \`${[project, dataset, table].join(".")}\`${filter === undefined ? "" : ` where ${String(filter)}`})`;
  return rules.map((rule: any): string => {
    const assertion: string | undefined = rule.sql_assertion?.sql_statement;
    if (assertion !== undefined) return assertion.replaceAll("$${data()}", () => rows);
    return `select countif(not (\n${condition(rule)})) from ${rows}`;
  });
}

// A set's values are compared as the column's type, so the rule names them as text.
function condition({ column, row_condition_expectation: row, range_expectation: range, set_expectation: set }: any): string {
  if (row !== undefined) return row.sql_expression;
  if (set !== undefined) return `cast(${String(column)} as string) in (${set.values.map((value: string) => `'${value}'`).join(", ")})`;
  const ends = [
    range?.min_value && `${String(column)} >= ${String(range.min_value)}`,
    range?.max_value && `${String(column)} <= ${String(range.max_value)}`,
  ];
  return ends.filter(Boolean).join(" and ") || `${String(column)} is not null`;
}
