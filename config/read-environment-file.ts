import { existsSync, readFileSync } from "node:fs";
import { relative } from "node:path";
import { type Document, isNode, LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import { ConfigurationError } from "./configuration-error";
import { type EnvironmentFile, environmentFile } from "./schema";
import { closest } from "./closest";

type Path = readonly PropertyKey[];

/**
 * Reads one environment's YAML file and fills in defaults.
 *
 * @throws ConfigurationError with one problem per line: file, line, path, what was expected and what stands there.
 */
export function readEnvironmentFile(file: string): EnvironmentFile {
  const shown = relative(process.cwd(), file) || file;
  if (!existsSync(file)) throw new ConfigurationError([`${shown}: there is no such file; copy config/dev.yaml and change it.`]);
  return readEnvironmentText(readFileSync(file, "utf8"), shown);
}

/**
 * Reads what an environment's file holds, or is about to.
 *
 * @param shown The file's name, for messages.
 * @throws ConfigurationError as {@link readEnvironmentFile}.
 */
export function readEnvironmentText(text: string, shown: string): EnvironmentFile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0) {
    throw new ConfigurationError(document.errors.map(({ message }) => `${shown}: this is not YAML: ${message.split("\n")[0] ?? message}`));
  }
  const content = withoutNulls(document.toJS() ?? {});
  const result = environmentFile.safeParse(content);
  if (result.success) return result.data;
  throw new ConfigurationError(result.error.issues.flatMap((issue) => problems(issue, content).map(at(shown, document, lines))));
}

// A section of which every line is commented out reads as null: that means the defaults, not an error.
function withoutNulls(value: unknown): unknown {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null)
      .map(([key, member]) => [key, withoutNulls(member)]),
  );
}

interface Problem {
  readonly path: Path;
  readonly text: string;
}

function problems(issue: z.core.$ZodIssue, content: unknown): Problem[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => {
      const meant = closest(key, knownKeys(issue.path));
      return {
        path: [...issue.path, key],
        text: `there is no such setting${meant ? `; did you mean "${meant}"?` : `; known here: ${knownKeys(issue.path).join(", ")}`}`,
      };
    });
  }
  const stands = JSON.stringify(valueAt(content, issue.path)) ?? "nothing";
  return [{ path: issue.path, text: `expected ${expectation(issue)}, but there stands ${stands}` }];
}

function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return (
        { int: "a whole number", boolean: "true or false", string: "a text" }[issue.expected as string] ??
        `a value of type ${issue.expected}`
      );
    case "invalid_value":
      return `one of ${issue.values.map(String).join(", ")}`;
    case "too_small":
      return issue.message.startsWith("Too") ? `at least ${String(issue.minimum)}` : issue.message;
    case "too_big":
      return issue.message.startsWith("Too") ? `at most ${String(issue.maximum)}` : issue.message;
    default:
      return issue.message;
  }
}

const at =
  (file: string, document: Document, lines: LineCounter) =>
  ({ path, text }: Problem): string => {
    const node = document.getIn(path as Iterable<unknown>, true);
    const offset = isNode(node) ? node.range?.[0] : undefined;
    const line = offset === undefined ? "" : `:${String(lines.linePos(offset).line)}`;
    return `${file}${line}: ${path.map(String).join(".") || "(the whole file)"}: ${text}`;
  };

const valueAt = (content: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (value, key) => (value !== null && typeof value === "object" ? (value as Record<PropertyKey, unknown>)[key] : undefined),
    content,
  );

function knownKeys(path: Path): string[] {
  let schema: unknown = environmentFile;
  for (const key of path) schema = unwrapped(schema)?.shape[String(key)];
  return Object.keys(unwrapped(schema)?.shape ?? {}).filter((key) => key !== "$schema");
}

function unwrapped(schema: unknown): { readonly shape: Readonly<Record<string, unknown>> } | undefined {
  let current = schema as { shape?: Record<string, unknown>; unwrap?: () => unknown } | undefined;
  while (current && current.shape === undefined && current.unwrap) current = current.unwrap() as typeof current;
  return current?.shape === undefined ? undefined : { shape: current.shape };
}
