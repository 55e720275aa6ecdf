/** Families whose machines boot from the persistent disks that clusters are given here. */
const PREDEFINED = /^(e2|n1|n2|n2d|c2|c2d)-(standard|highmem|highcpu)-(\d+)$/;
const CUSTOM = /^(e2|n1|n2|n2d)-custom-\d+-\d+(-ext)?$/;
const SHARED_CORE = /^(e2-(micro|small|medium)|f1-micro|g1-small)$/;
const HYPERDISK_ONLY = /^(c3|c3d|c4|c4d|n4|n4d|m3)-/;
const ARM = /^(t2a|c4a|n4a)-/;

/**
 * Refuses machines that Dataproc refuses, or that can't boot from the disks and the images used here.
 *
 * @param prop Named in the message.
 * @throws Error saying what to write instead.
 * @see https://cloud.google.com/dataproc/docs/concepts/compute/supported-machine-types
 */
export function checkMachineType(prop: string, machineType: string): void {
  const problem = machineTypeProblem(machineType);
  if (problem === undefined) return;
  throw new Error(`${prop} "${machineType}" ${problem}: write e2-standard-4 (0.15 USD an hour) or n2-standard-4 (0.21 USD), for example.`);
}

function machineTypeProblem(machineType: string): string | undefined {
  if (SHARED_CORE.test(machineType)) return "shares its core with others, which Dataproc doesn't support";
  if (machineType === "n1-standard-1") return "has too little memory for Dataproc's images since 2.0";
  if (ARM.test(machineType)) return "is an ARM machine, for which the pinned images aren't made";
  if (HYPERDISK_ONLY.test(machineType)) return "boots from Hyperdisk or a local disk, not from the persistent disks used here";
  return PREDEFINED.test(machineType) || CUSTOM.test(machineType) ? undefined : "is no machine type that Dataproc offers";
}
