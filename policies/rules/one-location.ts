import { isReference, type ResourceView } from "../resource-view";
import type { Rule } from "../rule";

const GLOBAL = "global";

/** Region or multi-region of a resource, in lower case; none where it has no place or only Terraform knows it. */
function placeOf(resource: ResourceView): string | undefined {
  const set = ["location", "region", "zone"].map((path) => resource.value(path)).find((value) => typeof value === "string");
  if (typeof set !== "string" || isReference(set)) return undefined;
  const place = (set.split("/").at(-1) ?? "").toLowerCase().replace(/^([a-z]+-[a-z]+\d+)-[a-z]$/, "$1");
  return place === GLOBAL ? undefined : place;
}

function mostFrequent(places: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const place of places) counts.set(place, (counts.get(place) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0];
}

/** Everything of a stack in one region, or one multi-region. */
export const oneLocation: Rule = {
  id: "one-location",
  severity: "error",
  reason: "BigQuery can't join across locations, and traffic between them costs money and takes time.",
  mend: "Give every resource the location of the environment.",
  reads: { "google_*": ["location", "region", "zone"] },
  check: (stack, options) => {
    const placed = stack.resources
      .filter(({ type }) => type.startsWith("google_"))
      .flatMap((resource) => {
        const place = placeOf(resource);
        return place === undefined ? [] : [{ resource, place }];
      });
    const wanted = options.location?.(stack.name)?.toLowerCase() ?? mostFrequent(placed.map(({ place }) => place));
    return placed
      .filter(({ place }) => place !== wanted)
      .map(({ resource, place }) => ({ on: resource, what: `it is in ${place}, the stack in ${wanted ?? ""}` }));
  },
};
