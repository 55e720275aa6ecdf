/** Says that a column's values are keys of another table. BigQuery doesn't enforce it; it tells people and the query planner. */
export interface ForeignKey {
  /** Column of the table that declares the key. */
  readonly column: string;

  /** Name of the other table. */
  readonly table: string;

  /** The other table's primary key, which is this one column. */
  readonly references: string;
}
