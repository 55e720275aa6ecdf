import type { Rule } from "./rule";

/** The rules as a table in Markdown, for the documentation; ends with a newline. */
export function rulesTable(rules: readonly Rule[]): string {
  const lines = [...rules]
    .sort((one, other) => (one.id < other.id ? -1 : 1))
    .map(({ id, severity, reason, mend, reads }) => [`\`${id}\``, severity, looksAt(Object.keys(reads)), reason, mend]);
  const header = ["Rule", "Severity", "Looks at", "Why", "How to mend it"];
  return [header, header.map(() => "---"), ...lines].map((cells) => `| ${cells.map(escape).join(" | ")} |\n`).join("");
}

/** A type that another one's `*` covers needn't be named. */
function looksAt(types: readonly string[]): string {
  if (types.includes("*")) return "everything";
  const named = types.includes("google_*") ? ["google_*", ...types.filter((type) => !type.startsWith("google_"))] : types;
  return named.map((type) => `\`${type}\``).join(", ");
}

const escape = (text: string): string => text.replaceAll("|", "\\|");

/** A text with the table between its lines `<!-- rules -->` and `<!-- /rules -->`. @throws Error when they are missing. */
export function withRulesTable(markdown: string, rules: readonly Rule[]): string {
  const marked = /<!-- rules -->\n[\s\S]*?<!-- \/rules -->/;
  if (!marked.test(markdown))
    throw new Error("The text has no lines <!-- rules --> and <!-- /rules --> to put the table of rules between.");
  return markdown.replace(marked, () => `<!-- rules -->\n\n${rulesTable(rules)}\n<!-- /rules -->`);
}
