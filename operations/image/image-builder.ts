import type { ImageSource } from "./image-source";

/** A way to build an image and to push it. */
export interface ImageBuilder {
  /** Completes "built …", e.g. `by Docker on this machine`. */
  readonly how: string;

  /**
   * Builds and pushes.
   *
   * @param tag `<registry>/<repository>/<name>:<tag>`.
   * @param say is told what is going on.
   * @throws ImageError saying what went wrong, and what to do.
   */
  build(source: ImageSource, tag: string, say: (line: string) => void, signal: AbortSignal): Promise<void>;
}
