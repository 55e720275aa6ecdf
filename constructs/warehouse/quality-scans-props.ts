import type { Table } from "../../contracts/model/table";
import type { Environment } from "../environment/environment";
import type { Dataset } from "./dataset";
import type { LandedTable } from "./landed-table";
import type { PolicyTags } from "./policy-tags";
import type { QualityScanOptions } from "./quality-scan-props";

/** What {@link QualityScans} needs to know. */
export interface QualityScansProps extends QualityScanOptions {
  /** Gives the scans their location and labels. */
  readonly environment: Environment;

  /** Tables to scan. */
  readonly contracts: readonly Table[];

  /** Dataset of the landed tables; Dataplex is let read it, and so sees every row where row policies hide some. */
  readonly landed: Dataset;

  /**
   * Tags of protected columns, which Dataplex is let read.
   *
   * @default - no column is protected
   */
  readonly policyTags?: PolicyTags;

  /** By the contract's name. */
  readonly landedTables: ReadonlyMap<string, LandedTable>;

  /** Dataset of the results' table; Dataplex is let write it. */
  readonly results: Dataset;

  /**
   * Seconds to wait after a grant was made.
   *
   * @default 120
   */
  readonly propagationSeconds?: number;
}
