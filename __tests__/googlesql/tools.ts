import { readFileSync } from "node:fs";
import { resolve } from "node:path";

/** The project's root. */
export const root = resolve(__dirname, "../..");

/** What set-up has put ready, or why it couldn't. */
interface Tools {
  /** Command that analyses statements. */
  readonly analyser: readonly string[];

  /** Python with dbt and its BigQuery adapter. */
  readonly python: string;

  /** Why there are none. */
  readonly missing?: string;
}

/** The tools that set-up has found or installed. */
export const tools = (): Tools => JSON.parse(readFileSync(resolve(root, ".embedded/test/googlesql/tools.json"), "utf8")) as Tools;

/** `describe` where the analyzer is there; else the tests in it are skipped, and counted so. Set-up has said why. */
export const describeAnalysed = (title: string, tests: () => void): void => {
  (tools().missing === undefined ? describe : describe.skip)(title, tests);
};
