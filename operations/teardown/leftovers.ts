import type { GoogleApi } from "../google/google-api";
import { GoogleError } from "../google/google-error";

/** Something that stays in the project once the platform is destroyed. */
export interface Leftover {
  readonly what: string;

  /** What it may cost; empty where nothing. */
  readonly cost: string;

  /** Command that removes it. */
  readonly remove: string;
}

/** As much of an item as some trail reads. */
interface Item {
  readonly name: string;
  readonly sizeGb?: string;
  readonly diskSizeGb?: string;
  readonly zone?: string;
  readonly status?: string;
  readonly address?: string;
  readonly datasetReference?: { readonly datasetId: string };
}

/** One kind of thing that Google, or its services, leave behind. */
interface Trail {
  /** Where it is listed: address, and the name of the list in the answer. */
  readonly list: (project: string) => readonly [address: string, name: string];

  /** The leftover that an item is; undefined where it belongs there. */
  readonly judge: (item: Item, project: string) => Leftover | undefined;
}

const isStaging = (name: string): boolean =>
  /^(dataproc-(staging|temp)-|gcf-sources-|artifacts\.|[a-z]+-[a-z]+\d-.*-bucket$|run-sources-)|_cloudbuild$/.test(name);

const trails: readonly Trail[] = [
  {
    list: (project) => [`storage/storage/v1/b?project=${project}`, "items"],
    judge: ({ name }, project) => {
      const remove = `gcloud storage rm --recursive --all-versions gs://${name}`;
      if (name === `${project}-terraform-state`)
        return {
          what: `bucket ${name}, with Terraform's states`,
          cost: "cents",
          remove: `keep it while anything is deployed; then ${remove}`,
        };
      if (isStaging(name))
        return { what: `bucket ${name}, made by a Google service for itself`, cost: "0.02 USD per GiB and month", remove };
      return { what: `bucket ${name}`, cost: "0.02 USD per GiB and month, older versions of objects, too", remove };
    },
  },
  {
    list: (project) => [`compute/compute/v1/projects/${project}/aggregated/disks`, "items"],
    judge: ({ name, sizeGb = "?", zone = "" }) => ({
      what: `disk ${name} of ${sizeGb} GB`,
      cost: `${(Number(sizeGb) * 0.1).toFixed(2)} USD a month (balanced)`,
      remove: `gcloud compute disks delete ${name} --zone ${zone.split("/").at(-1) ?? ""}`,
    }),
  },
  {
    list: (project) => [`compute/compute/v1/projects/${project}/global/snapshots`, "items"],
    judge: ({ name, diskSizeGb = "?" }) => ({
      what: `snapshot ${name} of a disk of ${diskSizeGb} GB`,
      cost: "0.05 USD per GiB and month",
      remove: `gcloud compute snapshots delete ${name}`,
    }),
  },
  {
    list: (project) => [`compute/compute/v1/projects/${project}/aggregated/addresses`, "items"],
    judge: ({ name, status, address = "?" }) =>
      status === "RESERVED"
        ? {
            what: `address ${address} (${name}), reserved and not in use`,
            cost: "7.30 USD a month",
            remove: `gcloud compute addresses delete ${name}`,
          }
        : undefined,
  },
  {
    list: (project) => [`compute/compute/v1/projects/${project}/global/networks`, "items"],
    judge: ({ name }) =>
      name === "default"
        ? {
            what: "the network default, which Google makes, open to SSH from everywhere",
            cost: "",
            remove: "gcloud compute networks delete default",
          }
        : undefined,
  },
  {
    list: (project) => [`bigquery/bigquery/v2/projects/${project}/datasets?all=true`, "datasets"],
    judge: ({ datasetReference }, project) => {
      const id = datasetReference?.datasetId ?? "?";
      return { what: `dataset ${id}`, cost: "0.02 USD per GiB and month", remove: `bq rm -r -d ${project}:${id}` };
    },
  },
];

/**
 * What stays in a project, or may have been there before: for a person to judge. Lists that can't be read are named.
 *
 * @throws GoogleError where Google can't be reached at all.
 */
export async function leftovers(google: GoogleApi, project: string): Promise<{ readonly found: Leftover[]; readonly unread: string[] }> {
  const found: Leftover[] = [];
  const unread: string[] = [];
  for (const { list, judge } of trails) {
    const [address, name] = list(project);
    try {
      for (const item of (await listed(google, address, name)).flat() as Item[]) {
        const leftover = judge(item, project);
        if (leftover) found.push(leftover);
      }
    } catch (error) {
      if (!(error instanceof GoogleError) || error.reason === "NO_ANSWER") throw error;
      if (error.disabledService === undefined) unread.push(error.message);
    }
  }
  return { found, unread };
}

/** Aggregated lists of Compute Engine are keyed by zone: `{"zones/x": {"disks": [...]}}`. */
async function listed(google: GoogleApi, address: string, name: string): Promise<unknown[]> {
  if (!address.includes("/aggregated/")) return google.list(address, name);
  const { items = {} } = await google.get<{ items?: Record<string, Record<string, unknown>> }>(address);
  const kind = address.split("/").at(-1) ?? "";
  return Object.values(items).map((scope) => scope[kind] ?? []);
}
