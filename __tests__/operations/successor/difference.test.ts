import { differences } from "../../../operations/successor/difference";

test("what a file says of its writer doesn't count, everything else does", () => {
  const stack = { "//": { metadata: { version: "0.21.0" } }, resource: { bucket: { raw: { name: "raw", labels: ["a"] } } } };
  const same = { ...stack, "//": { metadata: { version: "0.24.0" } } };
  const other = { resource: { bucket: { raw: { name: "raw", labels: ["b"] }, clean: {} } } };

  expect(differences(stack, same)).toEqual([]);
  expect(differences(stack, other)).toEqual(["resource.bucket.raw.labels", "resource.bucket.clean"]);
});
