/** As much of JSON Schema as the configuration's uses. */
interface Schema {
  readonly description?: string;
  readonly type?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: Schema | boolean;
}

const cell = (text: string): string => text.replace(/\s+/g, " ").replaceAll("|", "\\|").trim();

/** Every setting of `config/<environment>.yaml` as one page of Markdown, a table per part. */
export function configurationReference(schema: object): string {
  const { properties = {} } = schema as Schema;
  const settings = Object.entries(properties).filter(([name]) => name !== "$schema");
  const isPart = ([, { properties: below }]: [string, Schema]): boolean => below !== undefined;
  return [
    "# Reference of the configuration",
    "Generated from the schema by `npm run generate`; change `config/parts` instead. Settings of `config/dev.yaml` and `config/prod.yaml`; what isn't set has its default.",
    table(settings.filter((setting) => !isPart(setting)).flatMap(([name, setting]) => rows(name, setting))),
    ...settings
      .filter(isPart)
      .flatMap(([name, part]) => [
        `## ${name}`,
        part.description ?? "",
        table(Object.entries(part.properties ?? {}).flatMap(([below, setting]) => rows(`${name}.${below}`, setting))),
      ]),
  ].join("\n\n");
}

const table = (lines: readonly string[]): string =>
  lines.length === 0 ? "Nothing to set." : ["| setting | values | default | what it means |", "|---|---|---|---|", ...lines].join("\n");

/** One line per setting; those of a group stand on their own. */
function rows(path: string, setting: Schema): string[] {
  if (setting.properties) return Object.entries(setting.properties).flatMap(([name, below]) => rows(`${path}.${name}`, below));
  const byDefault = setting.default === undefined ? "" : `\`${JSON.stringify(setting.default)}\``;
  return [
    `| \`${path}\` | ${cell(values(setting))} | ${byDefault} | ${cell(setting.description ?? "")} |`,
    ...Object.entries(setting.items?.properties ?? {}).flatMap(([name, below]) => rows(`${path}[].${name}`, below)),
    ...(typeof setting.additionalProperties === "object"
      ? Object.entries(setting.additionalProperties.properties ?? {}).flatMap(([name, below]) => rows(`${path}.<name>.${name}`, below))
      : []),
  ];
}

function values({ type, enum: choices, minimum, maximum, items }: Schema): string {
  if (choices) return choices.map((choice) => `\`${String(choice)}\``).join(", ");
  if (type === "array") return `list of ${items?.type ?? "values"}`;
  const bounded = [minimum, maximum].map((bound) =>
    bound === undefined || Math.abs(bound) === Number.MAX_SAFE_INTEGER ? "" : String(bound),
  );
  return `${type ?? ""}${bounded.some((bound) => bound !== "") ? ` ${bounded.join(" … ")}` : ""}`;
}
