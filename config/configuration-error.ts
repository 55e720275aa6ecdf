/** Something in the configuration that the person who wrote it can mend; its message stands alone, without a stack trace. */
export class ConfigurationError extends Error {
  public override readonly name = "ConfigurationError";

  constructor(public readonly problems: readonly string[]) {
    super(problems.join("\n"));
  }
}
