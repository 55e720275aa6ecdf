import * as fs from "node:fs";
import * as path from "node:path";
import { problem } from "./protocol/diagnostics";
import type { Diagnostic } from "./protocol/messages";
import { RULE_BOOK_FILE } from "./resources/rule-book";

/** The part of a configuration in JSON that matters here. */
interface Configuration {
  readonly resource?: Readonly<Record<string, unknown>>;
  readonly data?: Readonly<Record<string, unknown>>;
}

/**
 * Resource types and data sources of this provider that the embedded cloud doesn't know, in the configuration that Terraform runs.
 *
 * Terraform itself would only say that the provider "does not support resource type", which sends people to the wrong place. The
 * protocol shows a provider no types but those it announces, so the configuration is read from Terraform's folder; what isn't JSON
 * (CDKTF writes JSON) keeps Terraform's own message.
 */
export function strangersIn(folder: string, provider: string, known: ReadonlySet<string>): Diagnostic[] {
  const files = fs.readdirSync(folder).filter((name) => name.endsWith(".tf.json"));
  const configurations = files.map((name) => JSON.parse(fs.readFileSync(path.join(folder, name), "utf8")) as Configuration);
  const ours = (types: object | undefined) => Object.keys(types ?? {}).filter((type) => type.startsWith(`${provider}_`));

  const resources = configurations.flatMap(({ resource }) => ours(resource)).filter((type) => !known.has(type));
  const sources = configurations.flatMap(({ data }) => ours(data));
  return [
    ...resources.map((type) =>
      problem(
        `The embedded cloud doesn't know ${type}`,
        `Write its rules in ${path.posix.dirname(RULE_BOOK_FILE)}/${provider}/ and list them in ${RULE_BOOK_FILE}, or leave the resource out where the target is embedded.`,
      ),
    ),
    ...sources.map((type) =>
      problem(
        `The embedded cloud has no data sources: ${type}`,
        "Take the value from the configuration instead: data sources call the cloud at every plan.",
      ),
    ),
  ];
}
