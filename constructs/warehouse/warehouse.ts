import { Construct } from "constructs";
import { Dataset } from "./dataset";
import { datasetName } from "./dataset-name";
import type { DatasetProps } from "./dataset-props";
import type { LakeTable } from "./lake-table";
import { layLakeTables } from "./lake-tables";
import type { LandedTable } from "./landed-table";
import { landTables } from "./landed-tables";
import type { PolicyTags } from "./policy-tags";
import { SharedViews } from "./shared-views";
import { TripRoutines } from "./trip-routines";
import type { WarehouseProps } from "./warehouse-props";

/**
 * The warehouse on BigQuery: Terraform owns the tables of `landed`, `lake` and `shared` and the routines, dbt the tables of `staging` and
 * `marts`, people those of `scratch`.
 *
 * ### Cost
 * See {@link Dataset}; an idle warehouse of a few GiB costs cents.
 *
 * @throws Error for settings of a table that isn't landed.
 */
export class Warehouse extends Construct {
  /** Tables that ingest fills, one month at a time. */
  public readonly landed: Dataset;

  /** External tables over the lake. */
  public readonly lake: Dataset;

  /** dbt's views on the landed tables. */
  public readonly staging: Dataset;

  /** dbt's facts and dimensions: what people and dashboards read. */
  public readonly marts: Dataset;

  /** Views for people who may not read the landed tables; `undefined` where none are asked for. */
  public readonly shared?: Dataset;

  /** Functions and a procedure; `undefined` where none are asked for. */
  public readonly routines?: Dataset;

  /** People's own tables, which are deleted by themselves; `undefined` where it isn't asked for. */
  public readonly scratch?: Dataset;

  /** By the contract's name. */
  public readonly landedTables: ReadonlyMap<string, LandedTable>;

  /** By the contract's name. */
  public readonly lakeTables: ReadonlyMap<string, LakeTable>;

  /** Tags of the landed tables' protected columns; `undefined` where they aren't protected. */
  public readonly policyTags?: PolicyTags;

  /** What is in `shared`. */
  public readonly sharedViews?: SharedViews;

  /** What is in `routines`. */
  public readonly tripRoutines?: TripRoutines;

  constructor(scope: Construct, id: string, props: WarehouseProps) {
    super(scope, id);
    const { environment, landedTables: contracts, prefix, timeTravelHours, encryptionKey, destroyTables = false } = props;
    const dataset = (name: string, description: string, more: Partial<DatasetProps> = {}) => {
      const datasetId = datasetName(name, prefix);
      return new Dataset(this, name, { environment, datasetId, description, timeTravelHours, encryptionKey, destroyTables, ...more });
    };
    const landedRows = "Rows as the contracts accept them, one partition per file month. Written by ingest.";
    this.landed = dataset("landed", landedRows, { authorizesViews: true });
    this.lake = dataset("lake", "External tables over the lake's clean files.");
    this.staging = dataset("staging", "Views that rename and unite the landed tables. Written by dbt.");
    this.marts = dataset("marts", "Facts and dimensions to read. Written by dbt.");

    this.policyTags = props.policyTags;
    this.landedTables = landTables(this, this.landed, props);
    this.lakeTables = layLakeTables(this, this.lake, props);

    const below = { environment, landed: this.landed, landedTables: this.landedTables, contracts };
    if (props.shared !== undefined) {
      this.shared = dataset("shared", "Views on landed tables without protected columns, for people who may not read the tables.");
      this.sharedViews = new SharedViews(this, "views", { ...below, ...props.shared, dataset: this.shared });
    }
    if (props.routines === true) {
      this.routines = dataset("routines", "Functions and a procedure over the landed tables.");
      this.tripRoutines = new TripRoutines(this, "trip-routines", { ...below, dataset: this.routines });
    }
    if (props.scratchDays !== undefined) {
      const description = `People's own tables; each is deleted after ${String(props.scratchDays)} days.`;
      this.scratch = dataset("scratch", description, { tableExpirationDays: props.scratchDays });
    }
  }

  /** The landed table of this name. @throws Error naming those that there are. */
  public landedTable(name: string): LandedTable {
    const table = this.landedTables.get(name);
    if (table === undefined) throw new Error(`There is no landed table "${name}"; there are ${[...this.landedTables.keys()].join(", ")}.`);
    return table;
  }
}
