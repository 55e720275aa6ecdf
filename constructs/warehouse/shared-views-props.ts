import type { Table } from "../../contracts/model/table";
import type { Environment } from "../environment/environment";
import type { Dataset } from "./dataset";
import type { LandedTable } from "./landed-table";

/** Which landed tables others are shown, and how much of them. */
export interface SharedTables {
  /** Names of the tables of which a view is made. */
  readonly tables: readonly string[];

  /** Names of the tables whose months are counted and summed; each must have months. */
  readonly monthSummaries: readonly string[];

  /**
   * First file month that the views show, `YYYY-MM`.
   *
   * @default "2009-01", the TLC's first
   */
  readonly since?: string;
}

/** What {@link SharedViews} need to know. */
export interface SharedViewsProps extends SharedTables {
  /** Gives the views their labels. */
  readonly environment: Environment;

  /** Dataset that holds the views. */
  readonly dataset: Dataset;

  /** Dataset that holds the tables; it authorises views. */
  readonly landed: Dataset;

  /** The tables and their contracts, by name. */
  readonly landedTables: ReadonlyMap<string, LandedTable>;

  /** Contracts of the tables. */
  readonly contracts: readonly Table[];
}
