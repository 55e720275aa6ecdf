import type { WorkJobProps } from "./work-job-props";

/** The most memory that a number of vCPU may have, in GiB. @see https://cloud.google.com/run/docs/configuring/jobs/cpu */
const mostGib: Readonly<Record<number, number>> = { 1: 4, 2: 8, 4: 16, 8: 32 };

/** The least, where it is more than half a GiB. */
const leastGib: Readonly<Record<number, number>> = { 4: 2, 8: 4 };

/** Names that Cloud Run gives to variables of its own. @see https://cloud.google.com/run/docs/container-contract#jobs-env-vars */
const RESERVED = /^(CLOUD_RUN_(JOB|EXECUTION|TASK_INDEX|TASK_ATTEMPT|TASK_COUNT)|PORT|K_\w+)$/;

/** @throws Error when Cloud Run would refuse the size; it says what it takes instead. */
export function checkSize(cpu: number, memoryGib: number, timeoutMinutes: number): void {
  const most = mostGib[cpu];
  if (most === undefined) throw new Error(`cpu of a job must be 1, 2, 4 or 8, not ${String(cpu)}.`);
  const least = leastGib[cpu] ?? 0.5;
  if (!(memoryGib >= least && memoryGib <= most) || !Number.isInteger(memoryGib * 2)) {
    throw new Error(
      `memoryGib of a job with ${String(cpu)} vCPU must be ${String(least)} to ${String(most)} in steps of 0.5, not ${String(memoryGib)}.`,
    );
  }
  if (!Number.isInteger(timeoutMinutes) || timeoutMinutes < 1 || timeoutMinutes > 1440) {
    throw new Error(`timeoutMinutes of a job must be a whole number from 1 to 1440, not ${String(timeoutMinutes)}.`);
  }
}

/** @throws Error when name, image, command, variables or mount can't be a job's. */
export function checkWhatRuns({ name, image, command, variables = {}, mount }: WorkJobProps): void {
  if (!/^[a-z]([a-z0-9-]{0,47}[a-z0-9])?$/.test(name)) {
    throw new Error(`The job's name "${name}" must be 1 to 49 of a-z, 0-9 and dashes, a letter first, no dash at the end.`);
  }
  if (!/^\S+@sha256:[0-9a-f]{64}$/.test(image)) {
    throw new Error(
      `The image "${image}" of job "${name}" must be named by its digest, …@sha256:<64 digits>: a tag may name another image tomorrow.`,
    );
  }
  if (command.length === 0) throw new Error(`Job "${name}" has no command: name its program at least.`);
  for (const variable of Object.keys(variables)) {
    if (!/^[A-Za-z_]\w*$/.test(variable)) throw new Error(`"${variable}" of job "${name}" can't be the name of an environment variable.`);
    if (RESERVED.test(variable)) throw new Error(`The environment variable "${variable}" is Cloud Run's own: choose another name.`);
  }
  if (mount !== undefined && !/^\/(?!(dev|proc|sys)(\/|$))[^:]+$/.test(mount.path)) {
    throw new Error(
      `The folder "${mount.path}" of job "${name}" must be an absolute path without a colon, outside of /dev, /proc and /sys.`,
    );
  }
}
