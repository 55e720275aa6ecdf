import { join } from "node:path";
import type { Configuration } from "../../config/configuration";
import { settingsFromOutputs } from "../../pipelines/settings/from-outputs";
import type { Settings } from "../../pipelines/settings/settings";
import { CommandError } from "../terminal/failure";

/** Where a person's machine keeps what ingest leaves behind. */
export interface Here {
  /** Absolute path of the project. */
  readonly root: string;

  /** Absolute path of a folder of one's own. */
  readonly folder: string;
}

/**
 * The cloud's settings as a developer's machine needs them: the lake there, Postgres in a container here, by whoever is logged in.
 *
 * @param outputs what the deployed stack tells.
 * @throws CommandError where Postgres isn't a container: then the pipelines reach it themselves, or there is none.
 */
export function cloudSettings(outputs: unknown, configuration: Configuration, here: Here): Settings {
  const { name, postgres } = configuration;
  if (postgres.kind !== "docker")
    throw new CommandError(
      `postgres.kind of ${name} is ${postgres.kind}: this command is for docker, a container of one's own. ${
        postgres.kind === "none" ? "There is no Postgres to load." : "The pipelines load Cloud SQL themselves: npm run pipelines."
      }`,
    );
  return settingsFrom(outputs, configuration, here);
}

/** The same to look at lake and warehouse alone: Cloud SQL answers in its network only. */
export const storesInCloud = (outputs: Record<string, unknown>, configuration: Configuration, here: Here): Settings =>
  settingsFrom({ ...outputs, postgres: null }, configuration, here);

function settingsFrom(outputs: unknown, { pipelines }: Configuration, { root, folder }: Here): Settings {
  return settingsFromOutputs(outputs, {
    target: "cloud",
    bucketUrl: (bucket) => `gs://${bucket}`,
    warehouse: { kind: "bigquery", maximumBytesBilled: pipelines.maximumBytesBilled },
    identities: null,
    paths: { runs: join(folder, "runs"), dashboard: join(folder, "dashboard"), logs: join(folder, "logs") },
    contracts: join(root, "contracts/generated/contracts.json"),
  });
}
