import { Construct } from "constructs";
import type { Table } from "../../contracts/model/table";
import { FIRST_MONTH, monthSummary, sharedRows, tableName } from "./contract-sql";
import { MaterializedView } from "./materialized-view";
import type { SharedViewsProps } from "./shared-views-props";
import { View } from "./view";

/**
 * Views for people who may not read the landed tables themselves: rows without protected columns, and a summary by month that BigQuery keeps
 * up to date. The landed dataset authorises them, so a reader needs the views' dataset alone.
 *
 * ### Cost
 * Views: what is read through them. Summaries: a refresh reads the months that changed, three columns of them; a month of yellow trips is
 * about 0.1 GiB, less than 0.001 USD.
 *
 * @throws Error for a table that isn't landed, or a summary of one without months.
 */
export class SharedViews extends Construct {
  /** By the landed table's name. */
  public readonly views: ReadonlyMap<string, View>;

  /** By the landed table's name. */
  public readonly monthSummaries: ReadonlyMap<string, MaterializedView>;

  constructor(scope: Construct, id: string, props: SharedViewsProps) {
    super(scope, id);
    const { environment, dataset, landed, since = FIRST_MONTH } = props;
    const named = (name: string) => contractOf(props, name);

    this.views = new Map(
      props.tables.map(named).map(({ contract, from }) => {
        const description = `${contract.description} Without protected columns.`;
        const query = sharedRows(contract, from, since);
        return [contract.name, new View(this, contract.name, { environment, dataset, viewId: contract.name, description, query })];
      }),
    );
    this.monthSummaries = new Map(
      props.monthSummaries.map(named).map(({ contract, from }) => {
        const viewId = `${contract.name}_by_month`;
        const monthly = withMonths(contract);
        const description = `One row per file month of ${contract.name}: how many trips, how many of them with warnings, what was paid.`;
        const query = monthSummary(monthly, from);
        const partitionBy = monthly.partitionBy;
        return [contract.name, new MaterializedView(this, viewId, { environment, dataset, viewId, description, query, partitionBy })];
      }),
    );
    for (const [name, { table }] of this.views) landed.authorized?.addView(name, table);
    for (const [name, { table }] of this.monthSummaries) landed.authorized?.addView(`${name}_by_month`, table);
  }
}

function contractOf({ environment, contracts, landedTables }: SharedViewsProps, name: string): { contract: Table; from: string } {
  const contract = contracts.find((one) => one.name === name);
  const landed = landedTables.get(name);
  if (contract === undefined || landed === undefined) {
    throw new Error(`There is no landed table "${name}" to share; there are ${[...landedTables.keys()].join(", ")}.`);
  }
  return { contract, from: tableName(environment, landed.table) };
}

function withMonths(contract: Table): Table & { readonly partitionBy: string } {
  const { partitionBy } = contract;
  if (partitionBy === undefined) throw new Error(`Table "${contract.name}" has no months to sum up: take it out of monthSummaries.`);
  return { ...contract, partitionBy };
}
