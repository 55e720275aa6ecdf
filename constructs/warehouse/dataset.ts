import { BigqueryDataset } from "@cdktf/provider-google/lib/bigquery-dataset";
import { BigqueryDatasetAccessA as BigqueryDatasetAccess } from "@cdktf/provider-google/lib/bigquery-dataset-access";
import { BigqueryDatasetIamMember } from "@cdktf/provider-google/lib/bigquery-dataset-iam-member";
import type { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import type { Grantee } from "../identity/grantee";
import { AuthorizedObjects } from "./authorized-objects";
import type { DatasetProps } from "./dataset-props";

const MILLISECONDS_PER_DAY = 86_400_000;

/**
 * A BigQuery dataset. It is granted to by one mechanism only: IAM members, or entries of its access list where it authorises views.
 *
 * ### Cost
 * Storage 0.02 USD per GiB and month (0.01 after 90 days without a change), queries 6.25 USD per TiB read (US list price, 2026-07).
 */
export class Dataset extends Construct {
  /** The dataset itself, for what this construct doesn't offer. */
  public readonly dataset: BigqueryDataset;

  /** Which views and routines of other datasets may read the tables; `undefined` where none may. */
  public readonly authorized?: AuthorizedObjects;

  private readonly granted = new Set<string>();

  constructor(scope: Construct, id: string, props: DatasetProps) {
    super(scope, id);
    const { environment, datasetId, description, encryptionKey, timeTravelHours = 168, destroyTables = false } = props;
    this.dataset = new BigqueryDataset(this, "dataset", {
      datasetId,
      description,
      location: environment.location,
      maxTimeTravelHours: String(timeTravelHours),
      defaultTableExpirationMs: milliseconds(props.tableExpirationDays),
      defaultPartitionExpirationMs: milliseconds(props.partitionExpirationDays),
      ...(encryptionKey && {
        defaultEncryptionConfiguration: { kmsKeyName: encryptionKey.name },
        dependsOn: [encryptionKey.grantService("bigquery")],
      }),
      deleteContentsOnDestroy: destroyTables && environment.allowsDataDeletion,
      labels: { ...environment.labels },
    });
    if (props.authorizesViews === true) this.authorized = new AuthorizedObjects(this, "authorized", { environment, dataset: this.dataset });
  }

  /** The dataset's id, known after it was made: whoever uses it depends on the dataset. */
  public get datasetId(): string {
    return this.dataset.datasetId;
  }

  /** IAM members of all whom this construct granted the dataset so far. */
  public get grantedMembers(): string[] {
    return [...this.granted];
  }

  /** Lets the grantee read tables and their descriptions, and call routines. */
  public grantRead(grantee: Grantee): TerraformResource {
    return this.grant(grantee, "read", "roles/bigquery.dataViewer");
  }

  /** Lets the grantee make, change and delete tables, besides reading them. */
  public grantWrite(grantee: Grantee): TerraformResource {
    return this.grant(grantee, "write", "roles/bigquery.dataEditor");
  }

  private grant({ id, member }: Grantee, what: string, role: string): TerraformResource {
    this.granted.add(member);
    const { datasetId } = this.dataset;
    return this.authorized === undefined
      ? new BigqueryDatasetIamMember(this, `${id}-${what}`, { datasetId, role, member })
      : new BigqueryDatasetAccess(this, `${id}-${what}`, { datasetId, role, iamMember: member });
  }
}

const milliseconds = (days: number | undefined): number | undefined => (days === undefined ? undefined : days * MILLISECONDS_PER_DAY);
