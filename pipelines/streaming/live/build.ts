import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { build, transform } from "esbuild";

const TARGET = ["es2022", "chrome100", "firefox100", "safari15.4"];

/** The page, and the two parts of it that a browser is allowed to run. */
export interface LivePage {
  readonly html: string;
  readonly script: string;
  readonly style: string;
}

/**
 * Bundles the live page: one file, with script and style in it, in the dashboard's colours.
 *
 * @param root the project's folder, with `node_modules`
 * @throws Error with esbuild's words when the source doesn't compile
 */
export async function buildLivePage(root: string): Promise<LivePage> {
  const source = join(root, "pipelines/streaming/live/src");
  const [page, colours, css, bundle] = await Promise.all([
    readFile(join(source, "page.html"), "utf8"),
    readFile(join(root, "pipelines/dashboard/src/page.css"), "utf8"),
    readFile(join(source, "page.css"), "utf8"),
    build({
      entryPoints: [join(source, "main.ts")],
      absWorkingDir: root,
      bundle: true,
      minify: true,
      write: false,
      format: "iife",
      target: TARGET,
      legalComments: "inline",
      logLevel: "silent",
    }),
  ]);
  const { code: style } = await transform(`${colours}\n${css}`, { loader: "css", minify: true, target: TARGET });
  const script = bundle.outputFiles[0]?.text ?? "";
  // As functions, or `$&` in the bundle would be taken for a pattern.
  const html = page
    .replace("<!-- style -->", () => `<style>${style}</style>`)
    .replace("<!-- script -->", () => `<script>${script}</script>`);
  return { html, script, style };
}
