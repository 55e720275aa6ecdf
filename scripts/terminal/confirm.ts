import { createInterface } from "node:readline/promises";

/** Asks on a terminal; where nobody can answer, the answer is no. */
export const confirmed = async (question: string, signal: AbortSignal): Promise<boolean> =>
  /^y(es)?$/i.test(await typed(`${question} [y/N] `, signal));

/** What a person types on a terminal; nothing, where there is none. */
export async function typed(question: string, signal: AbortSignal): Promise<string> {
  if (!process.stdin.isTTY) return "";
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return (await terminal.question(question, { signal })).trim();
  } finally {
    terminal.close();
  }
}
