import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { build, transform } from "esbuild";

const STYLE = "<!-- style -->";
const SCRIPT = "<!-- script -->";

/** Browsers of the last years: the page is for people, not for museums. */
const TARGET = ["es2022", "chrome100", "firefox100", "safari15.4"];

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
  const [page, css, bundle] = await Promise.all([
    readFile(join(source, "page.html"), "utf8"),
    readFile(join(source, "page.css"), "utf8"),
    build({
      entryPoints: [join(source, "main.ts")],
      absWorkingDir: root,
      bundle: true,
      minify: true,
      write: false,
      format: "iife",
      target: TARGET,
      // MIT: the notice travels with the code.
      legalComments: "inline",
      logLevel: "silent",
    }),
  ]);
  const style = await transform(css, { loader: "css", minify: true, target: TARGET });
  const script = bundle.outputFiles[0]?.text ?? "";
  const template = put(put(page, STYLE, `<style>${style.code}</style>`), SCRIPT, `<script>${script}</script>`);
  await mkdir(dirname(outFile), { recursive: true });
  const partial = `${outFile}.${String(process.pid)}.partial`;
  await writeFile(partial, template);
  await rename(partial, outFile);
}

function put(page: string, place: string, text: string): string {
  if (page.split(place).length !== 2) {
    throw new Error(`pipelines/dashboard/src/page.html must have exactly one ${place}: the build puts something in its place.`);
  }
  // As a function, or `$&` in the bundle would be taken for a pattern.
  return page.replace(place, () => text);
}
