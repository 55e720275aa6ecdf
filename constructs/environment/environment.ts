/** What every construct of one environment shares; made from the configuration, once. */
export interface Environment {
  /** `dev`, `prod`, … */
  readonly name: string;

  /** Google project id (not its name). */
  readonly projectId: string;

  /** Google project number, as text: addresses of service agents are formed from it. */
  readonly projectNumber: string;

  /** The one region of the environment's data, e.g. `europe-west1`. */
  readonly location: string;

  /** Labels on everything that can carry them. */
  readonly labels: Readonly<Record<string, string>>;

  /** First of the two keys to deleting data: nothing that holds data is destroyed where this is false. */
  readonly allowsDataDeletion: boolean;
}
