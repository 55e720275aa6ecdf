import { join } from "node:path";
import { configurationJsonSchema } from "../../config/json-schema";
import { allRules, withRulesTable } from "../../policies";
import { configurationReference } from "./configuration-reference";
import { readConstructDocs } from "./construct-docs";
import { constructReference } from "./construct-reference";
import { filled, filledReadmes } from "./readme-examples";

/** All Markdown that is rendered from code, by path below `root`. */
export const generatedDocs = (root: string): Record<string, string> => ({
  "docs/reference/constructs.md": `${constructReference(readConstructDocs(root))}\n`,
  "docs/reference/configuration.md": `${configurationReference(configurationJsonSchema())}\n`,
  "docs/guides/rule-pack.md": withRulesTable(filled(join(root, "docs/guides/rule-pack.md")), allRules),
  ...filledReadmes(root),
});
