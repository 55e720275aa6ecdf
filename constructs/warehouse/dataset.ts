import { BigqueryDataset } from "@cdktf/provider-google/lib/bigquery-dataset";
import { BigqueryDatasetIamMember } from "@cdktf/provider-google/lib/bigquery-dataset-iam-member";
import { Construct } from "constructs";
import type { Grantee } from "../identity/grantee";
import type { DatasetProps } from "./dataset-props";

/**
 * A BigQuery dataset to which access is granted by IAM members alone: the provider's `access` blocks would take them away.
 *
 * ### Cost
 * Storage 0.02 USD per GiB and month (0.01 after 90 days without a change), queries 6.25 USD per TiB read (US list price, 2026-07).
 */
export class Dataset extends Construct {
  /** The dataset itself, for what this construct doesn't offer. */
  public readonly dataset: BigqueryDataset;

  constructor(scope: Construct, id: string, props: DatasetProps) {
    super(scope, id);
    const { environment, datasetId, description, timeTravelHours = 168, destroyTables = false } = props;
    this.dataset = new BigqueryDataset(this, "dataset", {
      datasetId,
      description,
      location: environment.location,
      maxTimeTravelHours: String(timeTravelHours),
      deleteContentsOnDestroy: destroyTables && environment.allowsDataDeletion,
      labels: { ...environment.labels },
    });
  }

  /** The dataset's id, known after it was made: whoever uses it depends on the dataset. */
  public get datasetId(): string {
    return this.dataset.datasetId;
  }

  /** Lets the grantee read tables and their descriptions. */
  public grantRead(grantee: Grantee): BigqueryDatasetIamMember {
    return this.grant(grantee, "read", "roles/bigquery.dataViewer");
  }

  /** Lets the grantee make, change and delete tables, besides reading them. */
  public grantWrite(grantee: Grantee): BigqueryDatasetIamMember {
    return this.grant(grantee, "write", "roles/bigquery.dataEditor");
  }

  private grant(grantee: Grantee, what: string, role: string): BigqueryDatasetIamMember {
    return new BigqueryDatasetIamMember(this, `${grantee.id}-${what}`, { datasetId: this.dataset.datasetId, role, member: grantee.member });
  }
}
