import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const MARKED = /<!-- example: (\S+) -->\n[\s\S]*?<!-- \/example -->/g;

/** READMEs of the constructs with the examples that they name filled in, by path below `root`. @throws Error for an example that isn't there */
export function filledReadmes(root: string): Record<string, string> {
  const readmes = readdirSync(join(root, "constructs")).map((part) => `constructs/${part}/README.md`);
  return Object.fromEntries(readmes.filter((path) => existsSync(join(root, path))).map((path) => [path, filled(join(root, path))]));
}

/** A page with the examples that it names filled in. @param readme its absolute path */
export function filled(readme: string): string {
  return readFileSync(readme, "utf8").replace(MARKED, (_, example: string) => {
    const file = join(dirname(readme), example);
    if (!existsSync(file)) throw new Error(`${readme} names the example ${example}, but there is no such file beside it.`);
    return `<!-- example: ${example} -->\n\n\`\`\`ts\n${readFileSync(file, "utf8").trimEnd()}\n\`\`\`\n\n<!-- /example -->`;
  });
}
