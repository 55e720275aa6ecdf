import { createHash } from "node:crypto";

/**
 * The file name, without its ending, for an object's id: readable, legal on every file system, and different for different ids
 * (ids may hold slashes, differ in case only, or be longer than a file name may be).
 */
export function fileNameOf(id: string): string {
  const readable = id.replace(/[^\w.@-]+/g, "~").slice(0, 100);
  const unique = createHash("sha256").update(id).digest("hex").slice(0, 10);
  return `${readable}.${unique}`;
}
