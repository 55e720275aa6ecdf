import { open } from "node:fs/promises";
import type { ProgressLine } from "../../../contracts/run-records";

const CHUNK = 64 * 1024;

/** Reads a growing file of JSON lines: every call of `next` gives the lines that were completed since the last. */
export class ProgressLines {
  private position = 0;
  private rest = Buffer.alloc(0);

  constructor(private readonly file: string) {}

  /** A file that isn't there yet has no lines; a line that isn't JSON is passed over. */
  public async next(): Promise<ProgressLine[]> {
    const added = await this.added();
    const bytes = Buffer.concat([this.rest, added]);
    const end = bytes.lastIndexOf("\n") + 1;
    this.rest = bytes.subarray(end);
    return bytes.subarray(0, end).toString("utf8").split("\n").flatMap(parsed);
  }

  /** Passes over what the file holds already, e.g. from an earlier run of the same name. */
  public async skip(): Promise<void> {
    await this.added();
    this.rest = Buffer.alloc(0);
  }

  private async added(): Promise<Buffer> {
    const handle = await open(this.file).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw error;
    });
    if (handle === undefined) return Buffer.alloc(0);
    try {
      const pieces: Buffer[] = [];
      for (;;) {
        const { bytesRead, buffer } = await handle.read(Buffer.alloc(CHUNK), 0, CHUNK, this.position);
        if (bytesRead === 0) return Buffer.concat(pieces);
        pieces.push(buffer.subarray(0, bytesRead));
        this.position += bytesRead;
      }
    } finally {
      await handle.close();
    }
  }
}

function parsed(line: string): ProgressLine[] {
  try {
    return line.trim() === "" ? [] : [JSON.parse(line) as ProgressLine];
  } catch {
    return [];
  }
}
