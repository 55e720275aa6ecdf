import type { ConstructDocs, PropDocs } from "./construct-docs";

const cell = (text: string): string => text.replace(/\s+/g, " ").replaceAll("|", "\\|").trim();

/** The constructs' props, defaults, costs and grants as one page of Markdown. */
export function constructReference(constructs: readonly ConstructDocs[]): string {
  const parts = [...new Set(constructs.map(({ part }) => part))];
  return [
    "# Reference of the constructs",
    "Generated from the doc comments by `npm run generate`; change those instead. What a part is for, with an example: the README in its folder.",
    parts.map((part) => `- [${part}](../../constructs/${part}/README.md): ${links(constructs, part)}`).join("\n"),
    ...constructs.map(section),
  ].join("\n\n");
}

const links = (constructs: readonly ConstructDocs[], part: string): string =>
  constructs
    .filter((one) => one.part === part)
    .map(({ name }) => `[${name}](#${name.toLowerCase()})`)
    .join(", ");

function section({ part, name, description, cost, props, methods }: ConstructDocs): string {
  return [
    `## ${name}`,
    `\`constructs/${part}\``,
    description,
    ...(cost === undefined ? [] : [`**Cost.** ${cost}`]),
    ...(props.length === 0 ? [] : [propTable(props)]),
    ...(methods.length === 0 ? [] : [methods.map((method) => `- \`${method.signature}\`: ${cell(method.description)}`).join("\n")]),
  ].join("\n\n");
}

const propTable = (props: readonly PropDocs[]): string =>
  [
    "| prop | type | default | what it means |",
    "|---|---|---|---|",
    ...props.map(
      ({ name, type, description, byDefault }) =>
        `| \`${name}\` | \`${cell(type)}\` | ${byDefault === undefined ? "required" : cell(byDefault)} | ${cell(description)} |`,
    ),
  ].join("\n");
