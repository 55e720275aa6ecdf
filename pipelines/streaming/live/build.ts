import { join } from "node:path";
import { type Bundle, bundle } from "../../dashboard/bundle";

/**
 * Bundles the live page: one file, with script and style in it, in the dashboard's colours.
 *
 * @param root the project's folder, with `node_modules`
 * @throws Error with esbuild's words when the source doesn't compile
 */
export function buildLivePage(root: string): Promise<Bundle> {
  const source = join(root, "pipelines/streaming/live/src");
  return bundle(root, source, [join(root, "pipelines/dashboard/src/page.css"), join(source, "page.css")]);
}
