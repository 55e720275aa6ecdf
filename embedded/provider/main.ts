import * as fs from "node:fs";
import * as path from "node:path";
import { EmbeddedPaths } from "../paths";
import { handshakeLine, refusal } from "./protocol/handshake";
import { whenParentEnds } from "./protocol/parent";
import { listen } from "./protocol/server";
import { StandInProvider } from "./provider";
import { embeddedCloud } from "./resources/cloud";
import { ruleBook, type ProviderName } from "./resources/rule-book";
import { schemaFile } from "./schema/schema-file";
import type { ProviderSchema } from "./schema/schema";

/** Entry point of the bundled provider: `node provider.cjs google`, started by Terraform. */
async function main(name: ProviderName): Promise<void> {
  const refused = refusal(process.env);
  if (refused !== undefined) throw new Error(refused);
  const root = process.env.EMBEDDED_ROOT;
  if (!root) throw new Error("EMBEDDED_ROOT isn't set: run `source .embedded/environment.sh` first.");

  const schema = JSON.parse(fs.readFileSync(schemaFile(path.dirname(__filename), name), "utf8")) as ProviderSchema;
  const cloud = embeddedCloud(new EmbeddedPaths(root, process.env.EMBEDDED_ENVIRONMENT || "dev"));
  const provider = new StandInProvider(schema, ruleBook[name], cloud, process.cwd());

  const end = () => {
    listening.close();
    process.exit(0);
  };
  const listening = await listen(provider, end);
  whenParentEnds(end);
  // Ctrl-C reaches the whole process group: Terraform decides when its providers end.
  process.on("SIGINT", () => undefined);
  process.on("SIGTERM", end);
  process.stdout.write(handshakeLine(listening.socket));
}

main(process.argv[2] as ProviderName).catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  // Terraform quotes the first line of standard output when it isn't a handshake: the only place where people see it.
  process.stdout.write(`${message}\n`);
  process.exitCode = 1;
});
