import { isReference } from "../resource-view";
import { resourceRule } from "../rule";

/** Buckets refuse public grants, whoever makes them. */
export const publicAccessPrevention = resourceRule({
  id: "public-access-prevention",
  severity: "error",
  reason: "A grant to everybody, made by hand, would publish the objects.",
  mend: 'Set public_access_prevention to "enforced".',
  reads: { google_storage_bucket: ["public_access_prevention"] },
  check: (bucket) => {
    const set = bucket.value("public_access_prevention");
    return set === "enforced" || isReference(set) ? [] : ['public_access_prevention isn\'t "enforced"'];
  },
});
