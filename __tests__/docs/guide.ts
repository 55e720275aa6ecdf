import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

export const root = resolve(__dirname, "../..");

/** What people read first: files relative to the project. */
export const guides = ["README.md", ...readdirSync(join(root, "docs/guides")).map((name) => join("docs/guides", name))];

export const textOf = (file: string): string => readFileSync(join(root, file), "utf8");

/** A line to be typed, and where it stands. */
export interface TypedLine {
  readonly file: string;
  readonly line: string;

  /** The headings that it stands below, the nearest last. */
  readonly headings: readonly string[];

  /** Whether the lines before it in its block made this machine the cloud. */
  readonly onThisMachine: boolean;
}

/** Languages of blocks in which nothing is typed. */
const SHOWN = /^\s*```\s*(yaml|sql|ts|mermaid|json)\b/;

/** All lines of a file's code blocks that are typed: indented by four, or fenced without a language of their own. */
export function typedLines(file: string): TypedLine[] {
  const lines: TypedLine[] = [];
  let headings: string[] = [];
  let fence: "none" | "shown" | "typed" = "none";
  let onThisMachine = false;
  for (const line of textOf(file).split("\n")) {
    if (/^\s*```/.test(line)) {
      fence = fence !== "none" ? "none" : SHOWN.test(line) ? "shown" : "typed";
      onThisMachine = false;
    } else if (fence === "typed" || (fence === "none" && /^ {4}/.test(line))) {
      onThisMachine ||= line.includes(".embedded/environment.sh");
      lines.push({ file, line: line.trim(), headings, onThisMachine });
    } else if (fence === "none") {
      onThisMachine = false;
      const [, marks = "", title = ""] = /^(#+) (.*)/.exec(line) ?? [];
      if (marks !== "") headings = [...headings.slice(0, marks.length - 1), title];
    }
  }
  return lines;
}

/** A command of ours as it is written somewhere: script of package.json, and arguments. */
export interface Command {
  readonly script: string;
  readonly args: readonly string[];
}

/** The commands of ours that a text names. */
export const commandsIn = (text: string): Command[] =>
  [...text.matchAll(/\bnpm (?:run ([\w:]+)|(start|test)\b)(?: --(?= )([^`#\n·;)]*))?/g)].map(([, run, short, rest = ""]) => ({
    script: run ?? short ?? "",
    args: (rest.match(/"[^"]*"|'[^']*'|\S+/g) ?? []).map((word) => word.replace(/^["']|["']$|[.,:]$/g, "")),
  }));

/** Commands of ours that ask a cloud whatever they are given. */
const CLOUD = new Set(["deploy", "bootstrap", "onboard", "image", "postgres:load", "ci:plan", "ci:deploy"]);

/** Whether a command of ours asks a cloud, or changes it. */
export function asksCloud({ script, args }: Command): boolean {
  if (CLOUD.has(script)) return true;
  if (script === "guard") return !args.includes("--plan");
  if (args.includes("--cloud") || args[0] === "prod") return true;
  if (!["doctor", "destroy"].includes(script)) return false;
  return !args.includes("--here") && args.some((word) => !word.startsWith("--"));
}

/** The same of others' programs, as they begin a line. */
export const othersAskCloud = ({ line, onThisMachine }: TypedLine): boolean =>
  !onThisMachine && /^(gcloud|bq|terraform|npx cdktf (diff|deploy|destroy|output))\b/.test(line);
