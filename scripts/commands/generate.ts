import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { configurationJsonSchema } from "../../config/json-schema";
import { generateContracts } from "../../contracts/generate";
import { settingsJsonSchema } from "../../pipelines/settings/settings";

const root = resolve(__dirname, "../..");

/** Writes everything that is rendered from TypeScript: contracts for every engine, and the JSON Schemas of configuration and settings. */
async function main(): Promise<void> {
  const files = await generateContracts(join(root, "contracts/generated"));
  const schemas = {
    "config/config.schema.json": configurationJsonSchema(),
    "pipelines/settings/settings.schema.json": settingsJsonSchema(),
  };
  for (const [path, schema] of Object.entries(schemas)) writeFileSync(join(root, path), `${JSON.stringify(schema, null, 2)}\n`);
  for (const path of [...files.map((file) => `contracts/generated/${file}`), ...Object.keys(schemas)]) console.log(path);
}

void main();
