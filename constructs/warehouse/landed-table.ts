import type { BigqueryRowAccessPolicy } from "@cdktf/provider-google/lib/bigquery-row-access-policy";
import { BigqueryTable } from "@cdktf/provider-google/lib/bigquery-table";
import { BigqueryTableIamMember } from "@cdktf/provider-google/lib/bigquery-table-iam-member";
import { Construct } from "constructs";
import { bigQuerySchema } from "../../contracts/render/bigquery";
import type { Grantee } from "../identity/grantee";
import type { Dataset } from "./dataset";
import type { LandedTableProps } from "./landed-table-props";
import { RowAccess } from "./row-access";
import type { RowPolicy } from "./row-policy";
import { tableKeys } from "./table-keys";
import { tablePartitioning } from "./table-partitioning";

/**
 * A BigQuery table made from a contract, that ingest fills: partitioned by the month of the contract's partition column, so that one
 * month is replaced by one load job (`table$YYYYMM`), and read only with a filter on it. Such a job has to say WRITE_TRUNCATE_DATA: by Google's
 * documentation, WRITE_TRUNCATE may lose row policies and policy tags.
 *
 * ### Cost
 * See {@link Dataset}; the partition filter keeps a careless query from reading every month.
 *
 * @see https://cloud.google.com/bigquery/docs/reference/auditlogs/rest/Shared.Types/BigQueryAuditMetadata.WriteDisposition
 * @throws Error when two ways of partitioning are asked for.
 */
export class LandedTable extends Construct {
  /** The table itself. */
  public readonly table: BigqueryTable;

  private readonly dataset: Dataset;
  private readonly readers = new Map<string, BigqueryTableIamMember>();
  private rowAccess?: RowAccess;

  constructor(scope: Construct, id: string, props: LandedTableProps) {
    super(scope, id);
    const { environment, dataset, contract, policyTags, referenced = new Map<string, BigqueryTable>(), destroyRows = false } = props;
    this.dataset = dataset;
    this.table = new BigqueryTable(this, "table", {
      datasetId: dataset.datasetId,
      tableId: contract.name,
      description: contract.description,
      schema: JSON.stringify(bigQuerySchema(contract, policyTags?.names)),
      ...tablePartitioning(props),
      ...(contract.clusterBy.length === 0 ? {} : { clustering: [...contract.clusterBy] }),
      tableConstraints: tableKeys(contract, environment, referenced),
      deletionProtection: !(destroyRows && environment.allowsDataDeletion),
      labels: { ...environment.labels },
    });
  }

  /** Lets the grantee read this table and no other of its dataset; asked twice, it answers with the same grant. */
  public grantRead(grantee: Grantee): BigqueryTableIamMember {
    const granted = this.readers.get(grantee.member);
    if (granted !== undefined) return granted;
    const { datasetId, tableId } = this.table;
    const role = "roles/bigquery.dataViewer";
    const grant = new BigqueryTableIamMember(this, `${grantee.id}-read`, { datasetId, tableId, role, member: grantee.member });
    this.readers.set(grantee.member, grant);
    return grant;
  }

  /**
   * Lets grantees read this table, but only the rows that a filter lets through. Who was granted the whole dataset goes on seeing every row;
   * anybody else, the project's owners among them, sees none from then on.
   */
  public grantRows(policy: RowPolicy): BigqueryRowAccessPolicy {
    this.rowAccess ??= new RowAccess(this, "rows", { table: this.table, dataset: this.dataset });
    for (const grantee of policy.grantees) this.grantRead(grantee);
    return this.rowAccess.add(policy);
  }
}
