import type { Table } from "../../contracts/model/table";
import type { Environment } from "../environment/environment";
import type { Dataset } from "./dataset";

/** What a {@link LandedTable} needs to know. */
export interface LandedTableProps {
  /** Gives the table its labels. */
  readonly environment: Environment;

  /** Dataset that holds the table. */
  readonly dataset: Dataset;

  /** Names the table's columns, partition and clusters. */
  readonly contract: Table;

  /**
   * Second key to deleting data: lets the table be destroyed, where the environment allows it.
   *
   * @default false
   */
  readonly destroyRows?: boolean;
}
