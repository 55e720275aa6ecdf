/** The image could not be built or pushed; the message says what to do. */
export class ImageError extends Error {
  public override readonly name = "ImageError";
}
