import type { Construct } from "constructs";
import { join } from "node:path";
import type { Table } from "../../contracts/model/table";
import type { Dataset } from "./dataset";
import { LakeTable } from "./lake-table";
import type { WarehouseProps } from "./warehouse-props";

/** An external table over the lake for each contract whose service delivers monthly files, by the contract's name. */
export function layLakeTables(scope: Construct, dataset: Dataset, props: WarehouseProps): Map<string, LakeTable> {
  const { environment, cleanBucket: bucket, lakeConnection: connection, metadataCacheMinutes } = props;
  connection?.grantRead(bucket);
  const all = { environment, dataset, bucket, connection, metadataCacheMinutes };
  return new Map(
    props.landedTables.filter(hasMonthlyFiles).map((contract) => {
      const emptyParquet = join(props.emptyParquetFolder, `${contract.name}.parquet`);
      return [contract.name, new LakeTable(scope, `lake-${contract.name}`, { ...all, contract, emptyParquet })];
    }),
  );
}

const hasMonthlyFiles = (table: Table): table is Table & { readonly service: string } =>
  table.service !== undefined && table.partitionBy !== undefined;
