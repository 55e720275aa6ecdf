/** What a synthesised file says of the program that wrote it; nothing is deployed from it. */
const ABOUT_THE_WRITER = "//";

/**
 * Where two synthesised stacks differ, but for what they say of the program that wrote them: paths such as
 * `resource.google_storage_bucket.raw.name`.
 */
export function differences(one: unknown, other: unknown, path: readonly string[] = []): string[] {
  if (!isObject(one) || !isObject(other)) return JSON.stringify(one) === JSON.stringify(other) ? [] : [path.join(".")];
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  names.delete(ABOUT_THE_WRITER);
  return [...names].flatMap((name) => differences(one[name], other[name], [...path, name]));
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
