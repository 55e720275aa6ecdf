import { build, transform } from "esbuild";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** Browsers of the last years: pages are for people, not for museums. */
const TARGET = ["es2022", "chrome100", "firefox100", "safari15.4"];

/** A page in one file, and the two parts of it that a browser is allowed to run. */
export interface Bundle {
  readonly html: string;
  readonly script: string;
  readonly style: string;
}

/**
 * Puts a page's script and style into it: `page.html` has exactly one `<!-- style -->` and one `<!-- script -->`.
 *
 * @param root the project's folder, with `node_modules`
 * @param source folder of `page.html` and `main.ts`
 * @param styles paths of style sheets, the first one first
 * @throws Error with esbuild's words when the source doesn't compile
 */
export async function bundle(root: string, source: string, styles: readonly string[]): Promise<Bundle> {
  const [page, css, built] = await Promise.all([
    readFile(join(source, "page.html"), "utf8"),
    Promise.all(styles.map((path) => readFile(path, "utf8"))),
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
  const { code: style } = await transform(css.join("\n"), { loader: "css", minify: true, target: TARGET });
  const script = built.outputFiles[0]?.text ?? "";
  const put = (text: string, place: string, part: string): string => {
    if (text.split(place).length !== 2) {
      throw new Error(`${join(source, "page.html")} must have exactly one ${place}: the build puts something in its place.`);
    }
    // As a function, or `$&` in the bundle would be taken for a pattern.
    return text.replace(place, () => part);
  };
  const html = put(put(page, "<!-- style -->", `<style>${style}</style>`), "<!-- script -->", `<script>${script}</script>`);
  return { html, script, style };
}
