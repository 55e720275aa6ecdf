import type { Change } from "./step";

/** Google switches on at most this many at once. */
const BATCH = 20;

/** The calls that switch APIs on. */
export const enabling = (projectId: string, off: readonly string[]): Change[] =>
  Array.from({ length: Math.ceil(off.length / BATCH) }, (_, index) => ({
    kind: "call",
    method: "POST",
    address: `serviceusage/v1/projects/${projectId}/services:batchEnable`,
    body: { serviceIds: off.slice(index * BATCH, (index + 1) * BATCH) },
    operations: "serviceusage/v1",
  }));
