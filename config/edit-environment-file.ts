import { isDeepStrictEqual } from "node:util";
import { isMap, isNode, type Document, parseDocument } from "yaml";
import { ConfigurationError } from "./configuration-error";

/** A setting by its path, such as `["project", "id"]`, and what it is to be. */
export type Setting = readonly [path: readonly string[], value: unknown];

/**
 * An environment file's text with some settings as they are to be; all else, comments included, stays as it is.
 *
 * @returns the new text, and the settings that were different before: none, where the text stays.
 * @throws ConfigurationError where the text is no YAML.
 */
export function withSettings(
  text: string,
  settings: readonly Setting[],
  file: string,
): { readonly text: string; readonly changed: readonly Setting[] } {
  const document = parseDocument(text);
  const [problem] = document.errors;
  if (problem) throw new ConfigurationError([`${file}: ${problem.message.split("\n", 1)[0] ?? ""}`]);
  const changed = settings.filter(([path, value]) => !isDeepStrictEqual(current(document, path), value));
  if (changed.length === 0) return { text, changed };
  for (const [path, value] of changed) {
    makeMaps(document, path);
    document.setIn(path, document.createNode(value));
  }
  // 0: no line is folded anew.
  return { text: document.toString({ lineWidth: 0, flowCollectionPadding: text.includes("{ ") }), changed };
}

function current(document: Document, path: readonly string[]): unknown {
  const node: unknown = document.getIn(path);
  return isNode(node) ? node.toJS(document) : node;
}

/** `project:` with nothing but comments below is no map yet. */
function makeMaps(document: Document, path: readonly string[]): void {
  for (let depth = 1; depth < path.length; depth++) {
    const above = path.slice(0, depth);
    const node = document.getIn(above, true);
    if (isMap(node)) continue;
    const map = document.createNode({});
    // Comments below an empty setting belong to its empty value.
    if (isNode(node)) map.commentBefore = [node.commentBefore, node.comment].filter(Boolean).join("\n") || null;
    document.setIn(above, map);
  }
}
