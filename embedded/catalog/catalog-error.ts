import { EmbeddedError } from "../embedded-error";

/** A file of the catalogue can't be read as an object. */
export class CatalogError extends EmbeddedError {
  public override readonly name: string = "CatalogError";

  constructor(
    /** Absolute path of the file. */
    public readonly file: string,
    reason: string,
  ) {
    super(
      `The catalogue of the embedded cloud has a damaged file: ${file} (${reason}).`,
      "Delete the file and deploy again: Terraform then makes the object anew.",
    );
  }
}
