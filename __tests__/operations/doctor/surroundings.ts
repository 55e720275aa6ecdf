import { resolve } from "node:path";
import type { Configuration } from "../../../config/configuration";
import { loadConfigurations } from "../../../config/load";
import type { Surroundings } from "../../../operations/doctor/surroundings";
import { GoogleApi } from "../../../operations/google/google-api";
import { GoogleDouble } from "../google/double";

const root = resolve(__dirname, "../../..");
const fixtures = resolve(__dirname, "../../fixtures/config");

/** Dev as the tests' own files configure it, in the project `acme-dev`. */
export function configured(change: (configuration: any) => void = () => undefined): Configuration {
  const variables = { GCP_PROJECT_DEV: "acme-dev", GCP_PROJECT_NUMBER_DEV: "123456789012" };
  const [dev] = loadConfigurations({ folder: fixtures, root, variables });
  change(dev);
  return dev!;
}

/** A machine on which all is well; a test plants what isn't. */
export function healthy(planted: Partial<Surroundings> = {}): Surroundings {
  const versions: Record<string, string> = { "python3.12": "Python 3.12.4", terraform: "Terraform v1.11.4", docker: "28.0.1" };
  return {
    root,
    variables: {},
    nodeVersion: "22.11.0",
    memoryBytes: 16 * 2 ** 30,
    freeBytes: () => 50 * 2 ** 30,
    ask: (program) => Promise.resolve(versions[program] === undefined ? undefined : { code: 0, output: versions[program] }),
    portHolder: () => Promise.resolve(undefined),
    unreachable: () => Promise.resolve(undefined),
    openSetUp: () => Promise.resolve([]),
    landedDataset: "trips_landed",
    configuration: configured(),
    cloud: false,
    credentials: { problem: "not asked for" },
    google: undefined,
    ...planted,
  };
}

/** A person's credentials with the right quota project. */
export const person = { kind: "a person", quotaProject: "acme-dev", token: () => Promise.resolve("ya29.good") };

/** The cloud too, where all is well: an empty project as onboarding leaves it, before the first deployment. */
export function healthyCloud(double: GoogleDouble, planted: Partial<Surroundings> = {}): Surroundings {
  const credentials = planted.credentials ?? person;
  const signal = new AbortController().signal;
  const google = "problem" in credentials ? undefined : new GoogleApi({ credentials, signal, endpoint: double.endpoint, patience: 1 });
  return healthy({ cloud: true, credentials, google, ...planted });
}

/** Google's answers for that project. */
export function emptyProject(double: GoogleDouble): GoogleDouble {
  const project = { projectId: "acme-dev", projectNumber: "123456789012", name: "Acme development", lifecycleState: "ACTIVE" };
  const region = "compute/compute/v1/projects/acme-dev/regions/europe-west1";
  const quotas = ["CPUS", "SSD_TOTAL_GB", "DISKS_TOTAL_GB"].map((metric) => ({ metric, limit: 500, usage: 4 }));
  return double
    .on("GET", /^cloudresourcemanager\/v1\/projects$/, { body: { projects: [project] } })
    .on("GET", /^cloudresourcemanager\/v1\/projects\/acme-dev$/, { body: project })
    .on("GET", /^cloudbilling\/v1\/projects\/acme-dev\/billingInfo$/, {
      body: { billingEnabled: true, billingAccountName: "billingAccounts/01ABCD-23EF45-6789AB" },
    })
    .on("GET", /^serviceusage\/v1\/projects\/acme-dev\/services$/, {
      body: {
        services: ["serviceusage", "cloudresourcemanager", "cloudbilling"].map((name) => ({ config: { name: `${name}.googleapis.com` } })),
      },
    })
    .on("GET", new RegExp(`^${region}$`), { body: { quotas } })
    .on("GET", new RegExp(`^${region}/subnetworks$`), { body: {} })
    .on("GET", /^storage\/storage\/v1\/b$/, { body: {} })
    .on("GET", /^storage\/storage\/v1\/b\/acme-dev-terraform-state$/, { body: { name: "acme-dev-terraform-state" } })
    .on("GET", /^bigquery\/bigquery\/v2\/projects\/acme-dev\/datasets$/, { body: {} })
    .on("GET", /^bigquery\/.*\/tables\/\w+$/, { status: 404, body: { error: { code: 404, message: "Not found: Table" } } });
}
