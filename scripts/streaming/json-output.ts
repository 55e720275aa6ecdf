import { once } from "node:events";

/** Lines of JSON for another program, which may be slower than what is read. */
export class JsonOutput {
  private readonly controller = new AbortController();

  constructor() {
    // `| head` has seen enough.
    process.stdout.on("error", () => {
      this.controller.abort();
    });
  }

  /** Aborted when nobody reads any more. */
  public get closed(): AbortSignal {
    return this.controller.signal;
  }

  /** Writes a line; a promise where the reader must be waited for. */
  public write(line: object): Promise<void> | undefined {
    if (process.stdout.write(`${JSON.stringify(line)}\n`)) return undefined;
    return once(process.stdout, "drain", { signal: this.closed }).then(() => undefined);
  }

  /** Resolves when the reader has all lines: what this process still held would be lost with it. */
  public flushed(): Promise<void> {
    return new Promise((done) => process.stdout.write("", () => done()));
  }
}
