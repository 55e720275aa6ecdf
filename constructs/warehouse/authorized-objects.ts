import type { BigqueryDataset } from "@cdktf/provider-google/lib/bigquery-dataset";
import { BigqueryDatasetAccessA as BigqueryDatasetAccess } from "@cdktf/provider-google/lib/bigquery-dataset-access";
import type { BigqueryRoutine } from "@cdktf/provider-google/lib/bigquery-routine";
import type { BigqueryTable } from "@cdktf/provider-google/lib/bigquery-table";
import { Construct } from "constructs";
import type { Environment } from "../environment/environment";

/** What {@link AuthorizedObjects} need to know. */
export interface AuthorizedObjectsProps {
  /** Whose project holds the views and routines. */
  readonly environment: Environment;

  /** Dataset whose tables they read. */
  readonly dataset: BigqueryDataset;
}

/**
 * Views and routines of other datasets that may read a dataset's tables on their reader's behalf: who may read the view need not be able to
 * read the table.
 *
 * BigQuery forgets an authorisation when its view or routine changes, hence each is made anew with it.
 *
 * @see https://cloud.google.com/bigquery/docs/authorized-views
 */
export class AuthorizedObjects extends Construct {
  private readonly projectId: string;
  private readonly datasetId: string;

  constructor(scope: Construct, id: string, { environment, dataset }: AuthorizedObjectsProps) {
    super(scope, id);
    this.projectId = environment.projectId;
    this.datasetId = dataset.datasetId;
  }

  /** Lets a view, plain or materialised, read the dataset's tables. */
  public addView(id: string, view: BigqueryTable): BigqueryDatasetAccess {
    return new BigqueryDatasetAccess(this, id, {
      datasetId: this.datasetId,
      view: { projectId: this.projectId, datasetId: view.datasetId, tableId: view.tableId },
      lifecycle: { replaceTriggeredBy: [`${address(view)}.view`, `${address(view)}.materialized_view`] },
    });
  }

  /** Lets a routine read the dataset's tables. */
  public addRoutine(id: string, routine: BigqueryRoutine): BigqueryDatasetAccess {
    return new BigqueryDatasetAccess(this, id, {
      datasetId: this.datasetId,
      routine: { projectId: this.projectId, datasetId: routine.datasetId, routineId: routine.routineId },
      lifecycle: { replaceTriggeredBy: [`${address(routine)}.definition_body`, `${address(routine)}.arguments`] },
    });
  }
}

const address = (resource: BigqueryTable | BigqueryRoutine): string => `${resource.terraformResourceType}.${resource.friendlyUniqueId}`;
