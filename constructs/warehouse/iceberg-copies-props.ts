import type { Table } from "../../contracts/model/table";
import type { Environment } from "../environment/environment";
import type { IcebergTables } from "./iceberg-tables";
import type { ScheduledQueries } from "./scheduled-queries";
import type { Warehouse } from "./warehouse";

/** What {@link IcebergCopies} needs to know. */
export interface IcebergCopiesProps {
  /** Gives the project that holds both. */
  readonly environment: Environment;

  /** Tables to copy: each must be landed, and have a table in `tables`. */
  readonly contracts: readonly Table[];

  /** Holds the originals; its landed dataset is granted to the queries' account. */
  readonly warehouse: Warehouse;

  /** The copies; the queries' account is granted to write them. */
  readonly tables: IcebergTables;

  /** Makes the copies. */
  readonly queries: ScheduledQueries;

  /** When they are made, in UTC, e.g. `every sun 04:00`. */
  readonly schedule: string;

  /**
   * Pub/Sub topic that is told of the end of every run, `projects/…/topics/…`.
   *
   * @default - nobody is told
   */
  readonly notificationTopic?: string;
}
