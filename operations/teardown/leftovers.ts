import type { GoogleApi } from "../google/google-api";
import { GoogleError } from "../google/google-error";

/** Something that stays in the project once the platform is destroyed. */
export interface Leftover {
  readonly what: string;

  /** What it may cost; empty where nothing. */
  readonly cost: string;

  /** Command that removes it, wherever gcloud is pointed to: names are the same in dev and prod. */
  readonly remove: string;
}

/** As much of an item as some trail reads. */
interface Item {
  readonly name: string;
  readonly sizeGb?: string;
  readonly diskSizeGb?: string;
  readonly zone?: string;
  readonly region?: string;
  readonly status?: string;
  readonly address?: string;
  readonly datasetReference?: { readonly datasetId: string };
}

/** Where is looked. */
export interface Place {
  readonly project: string;

  /** Bucket of Terraform's states, which outlives the environment. */
  readonly stateBucket: string;
}

/** One kind of thing that Google, or its services, leave behind. */
interface Trail {
  /** Where it is listed: address, and the name of the list in the answer. */
  readonly list: (project: string) => readonly [address: string, name: string];

  /** The leftover that an item is; undefined where it belongs there. */
  readonly judge: (item: Item, place: Place) => Leftover | undefined;
}

const isStaging = (name: string): boolean =>
  /^(dataproc-(staging|temp)-|gcf-sources-|artifacts\.|[a-z]+-[a-z]+\d-.*-bucket$|run-sources-)|_cloudbuild$/.test(name);

/** The flag by which gcloud is told where something lies; what lies in no zone or region is global. */
function within({ zone, region }: Pick<Item, "zone" | "region">): string {
  const last = (url: string): string => url.split("/").at(-1) ?? "";
  if (zone !== undefined) return `--zone ${last(zone)}`;
  return region === undefined ? "--global" : `--region ${last(region)}`;
}

const trails: readonly Trail[] = [
  {
    list: (project) => [`storage/storage/v1/b?project=${project}`, "items"],
    judge: ({ name }, { stateBucket }) => {
      const remove = `gcloud storage rm --recursive --all-versions gs://${name}`;
      if (name === stateBucket)
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
    judge: ({ name, sizeGb = "?", zone, region }, { project }) => ({
      what: `disk ${name} of ${sizeGb} GB`,
      cost: `${(Number(sizeGb) * 0.1).toFixed(2)} USD a month (balanced)`,
      remove: `gcloud compute disks delete ${name} ${within({ zone, region })} --project ${project}`,
    }),
  },
  {
    list: (project) => [`compute/compute/v1/projects/${project}/global/snapshots`, "items"],
    judge: ({ name, diskSizeGb = "?" }, { project }) => ({
      what: `snapshot ${name} of a disk of ${diskSizeGb} GB`,
      cost: "0.05 USD per GiB and month",
      remove: `gcloud compute snapshots delete ${name} --project ${project}`,
    }),
  },
  {
    list: (project) => [`compute/compute/v1/projects/${project}/aggregated/addresses`, "items"],
    judge: ({ name, status, address = "?", region }, { project }) =>
      status === "RESERVED"
        ? {
            what: `address ${address} (${name}), reserved and not in use`,
            cost: "7.30 USD a month",
            remove: `gcloud compute addresses delete ${name} ${within({ region })} --project ${project}`,
          }
        : undefined,
  },
  {
    list: (project) => [`compute/compute/v1/projects/${project}/global/networks`, "items"],
    judge: ({ name }, { project }) =>
      name === "default"
        ? {
            what: "the network default, which Google makes, open to SSH from everywhere",
            cost: "",
            remove: `gcloud compute networks delete default --project ${project}`,
          }
        : undefined,
  },
  {
    list: (project) => [`bigquery/bigquery/v2/projects/${project}/datasets?all=true`, "datasets"],
    judge: ({ datasetReference }, { project }) => {
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
export async function leftovers(google: GoogleApi, place: Place): Promise<{ readonly found: Leftover[]; readonly unread: string[] }> {
  const found: Leftover[] = [];
  const unread: string[] = [];
  for (const { list, judge } of trails) {
    const [address, name] = list(place.project);
    try {
      for (const item of (await listed(google, address, name)).flat() as Item[]) {
        const leftover = judge(item, place);
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
