import { readFileSync } from "node:fs";
import { resolve } from "node:path";

/** What set-up has put ready, or why it couldn't. */
interface Tools {
  /** A Java runtime. */
  readonly java: string;

  /** Folder of the locked jars. */
  readonly libs: string;

  /** Why there are none. */
  readonly missing?: string;
}

/** The tools that set-up has found or installed. */
export const tools = (): Tools =>
  JSON.parse(readFileSync(resolve(__dirname, "../../.embedded/test/streaming/tools.json"), "utf8")) as Tools;

/** `describe` where Kafka's jars are there; else the tests in it are skipped, and counted so. Set-up has said why. */
export const describeStreaming = (title: string, tests: () => void): void => {
  (tools().missing === undefined ? describe : describe.skip)(title, tests);
};
