import { BigqueryTable } from "@cdktf/provider-google/lib/bigquery-table";
import { BigqueryTableIamMember } from "@cdktf/provider-google/lib/bigquery-table-iam-member";
import { Construct } from "constructs";
import { messageColumns } from "../../contracts/events/message-columns";
import { bigQuerySchema } from "../../contracts/render/bigquery";
import type { Grantee } from "../identity/grantee";
import { View } from "../warehouse/view";
import type { EventTableProps } from "./pubsub-event-table-props";

const MILLISECONDS_PER_DAY = 86_400_000;

/**
 * Events in BigQuery as they came, marks and repetitions included, partitioned by when they happened; and a view of each once.
 *
 * ### Cost
 * Storage 0.02 USD per GiB and month, queries 6.25 USD per TiB read; both ask for a span of the event's time.
 *
 * @throws Error when partitions would expire sooner than after a day.
 */
export class EventTable extends Construct {
  /** What Pub/Sub writes. */
  public readonly table: BigqueryTable;

  /** Each event once, without what Pub/Sub added. */
  public readonly once: View;

  constructor(scope: Construct, id: string, props: EventTableProps) {
    super(scope, id);
    const { environment, dataset, event, partition = "DAY", expirationDays, destroyRows = false } = props;
    const { name, description, fields, key, time } = event;
    if (expirationDays !== undefined && (!Number.isInteger(expirationDays) || expirationDays < 1)) {
      throw new Error(`The partitions of "${name}" expire after ${String(expirationDays)} days: expirationDays must be 1 or more.`);
    }
    this.table = new BigqueryTable(this, "table", {
      datasetId: dataset.datasetId,
      tableId: `${name}s`,
      description: `${description} As Pub/Sub delivered it: at least once.`,
      schema: JSON.stringify(bigQuerySchema({ columns: fields, systemColumns: messageColumns })),
      timePartitioning: {
        type: partition,
        field: time,
        ...(expirationDays === undefined ? {} : { expirationMs: expirationDays * MILLISECONDS_PER_DAY }),
      },
      requirePartitionFilter: true,
      clustering: [key],
      deletionProtection: !(destroyRows && environment.allowsDataDeletion),
      labels: { ...environment.labels },
    });
    this.once = new View(this, "once", {
      environment,
      dataset,
      viewId: `${name}s_once`,
      description: `${description} Each once, however often it was sent or delivered.`,
      query: onceQuery(`${environment.projectId}.${this.table.datasetId}.${this.table.tableId}`, props),
    });
  }

  /** Lets the grantee add rows to the table, and to no other of its dataset. */
  public grantWrite({ id, member }: Grantee): BigqueryTableIamMember {
    const { datasetId, tableId } = this.table;
    return new BigqueryTableIamMember(this, `${id}-write`, { datasetId, tableId, role: "roles/bigquery.dataEditor", member });
  }
}

// The time is among what the rows are divided by, so that a reader's filter on it reaches the partitions.
const onceQuery = (table: string, { event: { fields, time }, onceWhere = "true" }: EventTableProps): string =>
  `select ${fields.map(({ name }) => name).join(", ")}
from \`${table}\`
where ${onceWhere}
qualify row_number() over (partition by event_id, ${time} order by publish_time) = 1`;
