import type { Table } from "../../contracts/model/table";
import type { Environment } from "../environment/environment";
import type { Dataset } from "./dataset";
import type { LandedTable } from "./landed-table";

/** How scans are run and judged. */
export interface QualityScanOptions {
  /**
   * When the scan runs, as cron in UTC: `30 5 * * *`, or with a zone, `TZ=Europe/Brussels 30 5 * * *`.
   *
   * @default - only when somebody starts it
   */
  readonly schedule?: string;

  /**
   * Share of rows that must meet a `warn` rule, or hold a known code; above 0 and at most 1. What ingest rejects must not be there at all.
   *
   * @default 0.95
   */
  readonly warnThreshold?: number;

  /**
   * How many file months back from today's the scan looks, whole months; rows of older files cost nothing then.
   *
   * @default - all months
   */
  readonly months?: number;
}

/** What a {@link QualityScan} needs to know. */
export interface QualityScanProps extends QualityScanOptions {
  /** Gives the scan its location and labels. */
  readonly environment: Environment;

  /** Names the rules. */
  readonly contract: Table;

  /** The table that is scanned. */
  readonly table: LandedTable;

  /** Dataset of the table `quality_results`, to which each run adds a row per rule; Dataplex makes it. */
  readonly results: Dataset;
}
