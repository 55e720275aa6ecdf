/** The first dotted version in a text as numbers, e.g. `Terraform v1.11.4` → [1, 11, 4]; undefined when there is none. */
export function parseVersion(text) {
  const found = /(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
  return found ? [Number(found[1]), Number(found[2]), Number(found[3] ?? 0)] : undefined;
}

/** Whether a version is the other one or newer. Both are [major, minor, patch]; what is missing in `oldest` counts as 0. */
export function atLeast(version, oldest) {
  for (let part = 0; part < 3; part++) {
    const difference = version[part] - (oldest[part] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
