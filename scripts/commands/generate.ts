import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { configurationJsonSchema } from "../../config/json-schema";
import { generateContracts } from "../../contracts/generate";
import { settingsJsonSchema } from "../../pipelines/settings/settings";
import { generatedDocs } from "../reference/generated-docs";

const root = resolve(__dirname, "../..");

/** Writes everything that is rendered from TypeScript: contracts for every engine, the JSON Schemas of configuration and settings, the reference. */
async function main(): Promise<void> {
  const files = await generateContracts(join(root, "contracts/generated"));
  const schemas = {
    "config/config.schema.json": configurationJsonSchema(),
    "pipelines/settings/settings.schema.json": settingsJsonSchema(),
  };
  for (const [path, schema] of Object.entries(schemas)) writeFileSync(join(root, path), `${JSON.stringify(schema, null, 2)}\n`);
  const docs = generatedDocs(root);
  for (const [path, text] of Object.entries(docs)) writeFileSync(join(root, path), text);
  for (const path of [...files.map((file) => `contracts/generated/${file}`), ...Object.keys(schemas), ...Object.keys(docs)])
    console.log(path);
}

void main();
