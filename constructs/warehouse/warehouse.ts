import { Construct } from "constructs";
import { join } from "node:path";
import { Dataset } from "./dataset";
import { LakeTable } from "./lake-table";
import { LandedTable } from "./landed-table";
import type { Table } from "../../contracts/model/table";
import type { WarehouseProps } from "./warehouse-props";

/**
 * The warehouse on BigQuery: Terraform owns the tables of `landed` and `lake`, dbt those of `staging` and `marts`.
 *
 * ### Cost
 * See {@link Dataset}; an idle warehouse of a few GiB costs cents.
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

  /** By the contract's name. */
  public readonly landedTables: ReadonlyMap<string, LandedTable>;

  /** By the contract's name. */
  public readonly lakeTables: ReadonlyMap<string, LakeTable>;

  constructor(scope: Construct, id: string, props: WarehouseProps) {
    super(scope, id);
    const { environment, prefix = "trips", timeTravelHours, destroyTables = false } = props;
    const dataset = (name: string, description: string) =>
      new Dataset(this, name, { environment, datasetId: `${prefix}_${name}`, description, timeTravelHours, destroyTables });

    this.landed = dataset("landed", "Rows as the contracts accept them, one partition per file month. Written by ingest.");
    this.lake = dataset("lake", "External tables over the lake's clean files.");
    this.staging = dataset("staging", "Views that rename and unite the landed tables. Written by dbt.");
    this.marts = dataset("marts", "Facts and dimensions to read. Written by dbt.");

    this.landedTables = new Map(
      props.landedTables.map((contract) => [
        contract.name,
        new LandedTable(this, `landed-${contract.name}`, { environment, dataset: this.landed, contract, destroyRows: destroyTables }),
      ]),
    );
    this.lakeTables = new Map(
      props.landedTables.filter(hasMonthlyFiles).map((contract) => [
        contract.name,
        new LakeTable(this, `lake-${contract.name}`, {
          environment,
          dataset: this.lake,
          contract,
          bucket: props.cleanBucket,
          emptyParquet: join(props.emptyParquetFolder, `${contract.name}.parquet`),
        }),
      ]),
    );
  }
}

const hasMonthlyFiles = (table: Table): table is Table & { readonly service: string } =>
  table.service !== undefined && table.partitionBy !== undefined;
