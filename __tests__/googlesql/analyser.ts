import { execFileSync } from "node:child_process";
import type { CatalogTable, Statement } from "./statement";
import { tools } from "./tools";

interface Answer {
  readonly id: string;
  readonly fault?: string;
  readonly line: number;
  readonly column: number;
  readonly statements: number;
}

/** A warehouse of its own, and statements that run in it one after the other: what one creates, the next may read. */
export interface Session {
  readonly tables: readonly CatalogTable[];
  readonly statements: readonly Statement[];
}

/** What the analyzer finds in a session. */
export interface Analysis {
  /** Per refused statement: where it is written, what the analyzer says, the line of SQL. */
  readonly faults: readonly string[];

  /** Statements and expressions analysed, those within scripts counted singly. */
  readonly analysed: number;
}

/**
 * Puts statements before Google's analyzer, all sessions in one process: to start it takes seconds.
 *
 * @throws Error when it breaks down, or leaves a statement unanswered.
 */
export function analyse<Sessions extends readonly Session[]>(...sessions: Sessions): { [Each in keyof Sessions]: Analysis } {
  const requests = sessions.flatMap(({ tables, statements }) => [
    { reset: true, tables },
    ...statements.map(({ sql, parameters, variables }, index) => ({ id: String(index), sql, parameters, variables })),
  ]);
  const input = requests.map((request) => JSON.stringify(request)).join("\n");
  const [command = "", ...args] = tools().analyser;
  const output = execFileSync(command, args, { input, encoding: "utf8", maxBuffer: 2 ** 26, stdio: ["pipe", "pipe", "pipe"] });
  const lines = output.split("\n").filter((line) => line !== "");
  const asked = sessions.reduce((total, { statements }) => total + statements.length, 0);
  if (lines.length !== asked) throw new Error(`The analyzer answered ${String(lines.length)} of ${String(asked)} statements.`);
  const answers = lines.map((line) => JSON.parse(line) as Answer);
  return sessions.map(({ statements }) => analysis(statements, answers.splice(0, statements.length))) as never;
}

function analysis(statements: readonly Statement[], answers: readonly Answer[]): Analysis {
  const refused = answers.flatMap((answer, index) => (answer.fault === undefined ? [] : [{ answer, statement: statements[index]! }]));
  // What a refused statement would have created, others miss: they are told of only when nothing else is wrong.
  const causes = refused.filter(({ answer }) => !answer.fault?.startsWith("Table not found"));
  return {
    faults: (causes.length > 0 ? causes : refused).map(({ answer, statement }) => describeFault(statement, answer)),
    analysed: answers.reduce((total, { statements: count }) => total + count, 0),
  };
}

function describeFault({ origin, sql, locate }: Statement, { fault, line, column }: Answer): string {
  const place = locate && line > 0 ? locate(line) : `${origin}, line ${String(line)}`;
  const text = sql.split("\n")[line - 1]?.trim() ?? "";
  return `${place}: ${String(fault)}\n    ${text.slice(0, 160)}   (column ${String(column)})`;
}
