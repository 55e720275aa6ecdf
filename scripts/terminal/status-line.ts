const QUIET_MILLISECONDS = 10_000;

/** A line that follows what goes on: rewritten in place on a terminal, else written now and then. */
export class StatusLine {
  private readonly moves = process.stdout.isTTY && process.env.CI === undefined;
  private written = 0;

  /** @param isNews whether it is written now in either case. */
  public show(text: string, isNews = false): void {
    if (this.moves) {
      process.stdout.write(`\r\x1b[2K${text.slice(0, Math.max(process.stdout.columns - 1, 20))}`);
      return;
    }
    if (!isNews && Date.now() - this.written < QUIET_MILLISECONDS) return;
    this.written = Date.now();
    process.stdout.write(`${text}\n`);
  }

  /** Takes the line away. */
  public clear(): void {
    if (this.moves) process.stdout.write("\r\x1b[2K");
  }
}
