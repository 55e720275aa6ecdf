import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { GoogleApi } from "../../google/google-api";
import { GoogleError } from "../../google/google-error";
import { type Check, fail, pass, skip } from "../check";
import { configurationOf, type Surroundings } from "../surroundings";
import { asked } from "./project";

/** Google's own names for fields, where the older of two is written. */
const SAME_TYPES: Readonly<Record<string, string>> = { INTEGER: "INT64", FLOAT: "FLOAT64", BOOLEAN: "BOOL" };
const plainType = (type: string): string => SAME_TYPES[type] ?? type;

/** Whether what is deployed still agrees with what is configured. */
export const deployedChecks: readonly Check[] = [
  {
    group: "deployed",
    cloud: true,
    title: "Same location everywhere",
    why: "BigQuery can't load from a bucket of another place.",
    look: asked(async (google, { project: { id }, location }) => {
      const buckets = await google.list<{ name: string; location: string }>(`storage/storage/v1/b?project=${id}&prefix=${id}-`, "items");
      const datasets = await google.list<{ id: string; location?: string }>(`bigquery/bigquery/v2/projects/${id}/datasets`, "datasets");
      const ours = datasets.filter((dataset) => dataset.id.split(":")[1]?.startsWith("trips"));
      if (buckets.length + ours.length === 0) return skip("not deployed yet");
      const elsewhere = [
        ...buckets.map(({ name, location: at }) => ({ name, at })),
        ...ours.map((one) => ({ name: one.id, at: one.location ?? "?" })),
      ].filter(({ at }) => at.toLowerCase() !== location);
      return elsewhere.length === 0
        ? pass(`${location}: ${String(buckets.length)} buckets, ${String(ours.length)} datasets`)
        : fail(
            elsewhere.map(({ name, at }) => `${name} is in ${at.toLowerCase()}`).join("; "),
            `Nothing moves by itself: set location to where they are, or copy what they hold and replace them (docs/guides/changing-what-is-deployed.md).`,
          );
    }),
  },
  {
    group: "deployed",
    cloud: true,
    title: "Columns as in the contracts",
    why: "A column whose type changed since makes the next month's load fail, or its values wrong.",
    look: (at) =>
      asked((google, { project: { id } }) =>
        differingColumns(google, `projects/${id}/datasets/${at.landedDataset}`, join(at.root, "contracts/generated/bigquery")),
      )(at),
  },
  {
    group: "deployed",
    cloud: true,
    title: "Terraform's state",
    why: "Two states of one platform overwrite each other's work.",
    look: (at) =>
      asked(async (google, { backend, stateBucket, name }) => {
        if (backend.kind !== "gcs") return skip("it lies on this machine");
        try {
          await google.get(`storage/storage/v1/b/${stateBucket}`);
          return pass(`gs://${stateBucket}`);
        } catch (error) {
          if (error instanceof GoogleError && error.status === 404)
            return fail(`there is no bucket ${stateBucket}`, `npm run bootstrap -- ${nameOf(at, name)}`);
          throw error;
        }
      })(at),
  },
];

const nameOf = (at: Surroundings, name: string): string => configurationOf(at)?.name ?? name;

async function differingColumns(google: GoogleApi, dataset: string, folder: string) {
  const wrong: string[] = [];
  let compared = 0;
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".json"))) {
    const table = file.replace(".json", "");
    const contract = JSON.parse(readFileSync(join(folder, file), "utf8")) as readonly { name: string; type: string }[];
    const deployed = await fieldsOf(google, dataset, table);
    if (deployed === undefined) continue;
    compared++;
    for (const { name, type } of contract) {
      const found = deployed.get(name);
      if (found === undefined) wrong.push(`${table}.${name} is missing`);
      else if (plainType(found) !== plainType(type)) wrong.push(`${table}.${name} is ${found}, not ${type}`);
    }
  }
  if (compared === 0) return skip("no landed table yet");
  return wrong.length === 0
    ? pass(`${String(compared)} tables`)
    : fail(wrong.join("; "), "npm run contracts:check says what a change does; deploy the contract that the tables are to have.");
}

async function fieldsOf(google: GoogleApi, dataset: string, table: string): Promise<Map<string, string> | undefined> {
  try {
    const { schema } = await google.get<{ schema?: { fields?: { name: string; type: string }[] } }>(
      `bigquery/bigquery/v2/${dataset}/tables/${table}`,
    );
    return new Map((schema?.fields ?? []).map(({ name, type }) => [name, type]));
  } catch (error) {
    if (error instanceof GoogleError && error.status === 404) return undefined;
    throw error;
  }
}
