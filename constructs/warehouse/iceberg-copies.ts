import type { BigqueryDataTransferConfig } from "@cdktf/provider-google/lib/bigquery-data-transfer-config";
import type { BigqueryTable } from "@cdktf/provider-google/lib/bigquery-table";
import { Construct } from "constructs";
import { tableName } from "./contract-sql";
import type { IcebergCopiesProps } from "./iceberg-copies-props";
import { icebergCopyQuery } from "./iceberg-copy-query";

/**
 * Copies of landed tables as Iceberg tables, brought up to date by the clock: engines that can't read BigQuery read their files.
 *
 * Whoever reads the bucket reads all rows and columns, also those that BigQuery protects.
 *
 * ### Cost
 * Every run reads all landed months once, and a few columns of the copies: 6.25 USD per TiB (US list price, 2026-07), so 0.01 USD for a year of
 * yellow taxis' 2 GiB.
 *
 * @throws Error when a contract isn't landed or has no Iceberg table.
 */
export class IcebergCopies extends Construct {
  /** The queries, by the contract's name. */
  public readonly copies: ReadonlyMap<string, BigqueryDataTransferConfig>;

  constructor(scope: Construct, id: string, props: IcebergCopiesProps) {
    super(scope, id);
    const { environment, contracts, warehouse, tables, queries, schedule, notificationTopic } = props;
    const { identity } = queries;
    queries.waitFor(
      warehouse.landed.grantRead(identity),
      ...(warehouse.policyTags?.grantRead(identity) ?? []),
      ...tables.grantWrite(identity),
    );
    const path = (table: BigqueryTable) => tableName(environment, table);
    this.copies = new Map(
      contracts.map((contract) => {
        const copy = tables.tables.get(contract.name);
        if (copy === undefined)
          throw new Error(`The contract "${contract.name}" can't be copied: it has no Iceberg table. Add one, or leave it out.`);
        const query = icebergCopyQuery(contract, path(copy), path(warehouse.landedTable(contract.name).table));
        const displayName = `Iceberg copy of ${contract.name}`;
        return [contract.name, queries.add(`copy-${contract.name}`, { displayName, query, schedule, notificationTopic })];
      }),
    );
  }
}
