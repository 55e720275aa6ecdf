import type { Configuration } from "../../config/configuration";

/** APIs that `<env>-bootstrap` switches on; here they are taken for granted. */
export const baseServices: readonly string[] = [
  "serviceusage.googleapis.com",
  "cloudresourcemanager.googleapis.com",
  "iam.googleapis.com",
  "iamcredentials.googleapis.com",
  "sts.googleapis.com",
  "storage.googleapis.com",
  "cloudbilling.googleapis.com",
  "billingbudgets.googleapis.com",
];

/** APIs of the parts that are switched on, without the bootstrap's: no API is in two states. */
export function platformServices(_configuration: Configuration): string[] {
  return ["bigquery.googleapis.com"];
}
