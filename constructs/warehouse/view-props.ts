import type { Environment } from "../environment/environment";
import type { Dataset } from "./dataset";

/** What a {@link View} needs to know. */
export interface ViewProps {
  /** Gives the view its labels. */
  readonly environment: Environment;

  /** Dataset that holds the view. */
  readonly dataset: Dataset;

  /** Name of the view. */
  readonly viewId: string;

  /** What one row is. */
  readonly description: string;

  /** The view's select, in GoogleSQL. It may read tables made by Terraform alone: dbt's don't exist when it is deployed. */
  readonly query: string;
}
