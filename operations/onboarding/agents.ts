import type { Change } from "./step";

/**
 * What makes a service's own account: its API being switched on, a call for the project's identities, or being asked for its name. Of some no
 * account is needed, since no stack grants them anything.
 */
type Origin =
  | { readonly by: "its API" | "nothing granted" }
  | { readonly by: "generateServiceIdentity"; readonly api: string }
  | { readonly by: "its name"; readonly api: string; readonly address: (project: string) => string };

const generated = (name: string): Origin => ({ by: "generateServiceIdentity", api: `${name}.googleapis.com` });

/**
 * Where each account comes from that a stack may grant something to.
 *
 * @see https://cloud.google.com/storage/docs/json_api/v1/projects/serviceAccount/get
 * @see https://cloud.google.com/bigquery/docs/reference/rest/v2/projects/getServiceAccount
 */
export const origins = {
  artifactregistry: generated("artifactregistry"),
  bigquery: {
    by: "its name",
    api: "bigquery.googleapis.com",
    address: (project) => `bigquery/bigquery/v2/projects/${project}/serviceAccount`,
  },
  cloudsql: generated("sqladmin"),
  composer: generated("composer"),
  compute: { by: "its API" },
  dataplex: generated("dataplex"),
  dataproc: generated("dataproc"),
  logging: { by: "nothing granted" },
  monitoring: { by: "nothing granted" },
  pubsub: generated("pubsub"),
  run: generated("run"),
  secretmanager: generated("secretmanager"),
  storage: { by: "its name", api: "storage.googleapis.com", address: (project) => `storage/storage/v1/projects/${project}/serviceAccount` },
  transfer: generated("bigquerydatatransfer"),
} satisfies Readonly<Record<string, Origin>>;

const all: readonly Origin[] = Object.values(origins);

/** APIs whose own accounts Google makes only when asked. */
export const agentServices: readonly string[] = all.flatMap((origin) => ("api" in origin ? [origin.api] : [])).sort();

/** The call that makes the account of an API. */
export function asking(project: string, service: string): Change {
  const origin = all.find((one) => one.by === "its name" && one.api === service);
  if (origin?.by === "its name") return { kind: "call", method: "GET", address: origin.address(project) };
  return {
    kind: "call",
    method: "POST",
    address: `serviceusage/v1beta1/projects/${project}/services/${service}:generateServiceIdentity`,
    operations: "serviceusage/v1beta1",
  };
}
