/** A deployment's outputs don't fit the pipelines of this version. */
export class SettingsError extends Error {
  public override readonly name = "SettingsError";
}
