import { once } from "node:events";
import type { Writable } from "node:stream";

/** Lines of JSON for another program, which may be slower than what is read. */
export class JsonOutput {
  private readonly controller = new AbortController();

  constructor(private readonly stream: Writable = process.stdout) {
    // `| head` has seen enough.
    stream.on("error", (error) => {
      this.fail(error);
    });
  }

  /** Aborted when nobody reads any more. */
  public get closed(): AbortSignal {
    return this.controller.signal;
  }

  /** Writes a line; a promise where the reader must be waited for. */
  public write(line: object): Promise<void> | undefined {
    if (this.stream.write(`${JSON.stringify(line)}\n`, (error) => this.fail(error))) return undefined;
    return once(this.stream, "drain", { signal: this.closed }).then(() => undefined);
  }

  /**
   * Resolves when the reader has all lines: what this process still held would be lost with it.
   *
   * @throws what kept a line from being written, however long ago
   */
  public flushed(): Promise<void> {
    return new Promise((done, reject) => {
      const failed = (): void => {
        reject(this.closed.reason as Error);
      };
      if (this.closed.aborted) {
        failed();
        return;
      }
      this.closed.addEventListener("abort", failed);
      this.stream.write("", (error) => {
        this.fail(error);
        this.closed.removeEventListener("abort", failed);
        done();
      });
    });
  }

  private fail(error: Error | null | undefined): void {
    if (error) this.controller.abort(error);
  }
}
