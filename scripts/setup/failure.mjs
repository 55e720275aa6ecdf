import { advise } from "./advice.mjs";

/** An error for the person at the terminal: the message says what went wrong and where; `next`, what to do about it. */
export class Failure extends Error {
  /** @param {string} message @param {string} next @param {ErrorOptions} [options] */
  constructor(message, next, options) {
    super(message, options);
    this.name = "Failure";
    this.next = next;
  }
}

/** Prints an error for people: without a stack trace, unless `--debug` asks for it or it isn't one that we foresaw. */
export function report(error) {
  const debug = process.argv.includes("--debug");
  if (!(error instanceof Failure)) {
    console.error(debug ? error : `Unexpected: ${error?.message ?? error}`);
    console.error(error?.code ? advise("", `${error.code}`) : "Repeat with --debug for the details.");
    return;
  }
  console.error(debug ? `${error.stack}` : error.message);
  if (error.next) console.error(error.next);
}
