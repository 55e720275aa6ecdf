/** A failure of the embedded cloud that the person at the keyboard can mend; printed without a stack trace. */
export class EmbeddedError extends Error {
  public override readonly name: string = "EmbeddedError";

  constructor(
    what: string,
    /** What to do about it. */
    public readonly mend: string,
  ) {
    super(`${what}\n${mend}`);
  }
}
