import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { bundle } from "./bundle";

/**
 * Writes the dashboard's template: one self-contained page whose `<script id="data" type="application/json"></script>` is still empty.
 *
 * The file is replaced by rename, so a reader never sees half of it.
 *
 * @param root the project's folder, with `node_modules`
 * @param outFile path of the template, e.g. `…/dashboard/template.html`; its folder is made
 * @throws Error with esbuild's words when the source doesn't compile
 */
export async function buildDashboard(root: string, outFile: string): Promise<void> {
  const source = join(root, "pipelines", "dashboard", "src");
  const { html } = await bundle(root, source, [join(source, "page.css")]);
  await mkdir(dirname(outFile), { recursive: true });
  const partial = `${outFile}.${String(process.pid)}.partial`;
  await writeFile(partial, html);
  await rename(partial, outFile);
}
