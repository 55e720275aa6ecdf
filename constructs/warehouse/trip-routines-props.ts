import type { Table } from "../../contracts/model/table";
import type { Environment } from "../environment/environment";
import type { Dataset } from "./dataset";
import type { LandedTable } from "./landed-table";

/** What {@link TripRoutines} need to know. */
export interface TripRoutinesProps {
  /** Whose project holds the tables. */
  readonly environment: Environment;

  /** Dataset that holds the routines. */
  readonly dataset: Dataset;

  /** Dataset that holds the tables; it authorises the functions. */
  readonly landed: Dataset;

  /** The tables, by name: `zones`, `yellow_trips`, `green_trips` and `load_receipts` at least. */
  readonly landedTables: ReadonlyMap<string, LandedTable>;

  /** Contracts of the tables. */
  readonly contracts: readonly Table[];
}
