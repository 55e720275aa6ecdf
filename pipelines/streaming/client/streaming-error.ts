/** Something about the stream that a person can mend; the message says what and how. */
export class StreamingError extends Error {
  public override readonly name: string = "StreamingError";
}
