import type { LakeBucketProps } from "./lake-bucket-props";

/** Cloud Storage's limit is 100 years, but the provider counts the seconds in 31 bits. */
const MOST_RETENTION_DAYS = 24_855;

/** @throws Error when settings contradict each other or Cloud Storage would refuse them; it says what to change. */
export function checkLakeBucket(props: LakeBucketProps): void {
  checkStorageClasses(props);
  checkRetention(props);
}

function checkStorageClasses({ zone, autoclass = false, coldAfterDays, terminalStorageClass }: LakeBucketProps): void {
  if (autoclass && coldAfterDays !== undefined) {
    throw new Error(
      `The lake's bucket "${zone}" has both autoclass and coldAfterDays (${String(coldAfterDays)}), but autoclass chooses the classes itself and Cloud Storage refuses others beside it: leave out coldAfterDays, or switch autoclass off.`,
    );
  }
  if (!autoclass && terminalStorageClass !== undefined) {
    throw new Error(
      `The lake's bucket "${zone}" has a terminalStorageClass (${terminalStorageClass}) that only autoclass heeds: switch autoclass on, or leave it out.`,
    );
  }
}

function checkRetention({ zone, environment, retentionDays, lockRetention = false }: LakeBucketProps): void {
  if (retentionDays !== undefined && !(Number.isInteger(retentionDays) && retentionDays >= 1 && retentionDays <= MOST_RETENTION_DAYS)) {
    throw new Error(
      `retentionDays of the lake's bucket "${zone}" must be a whole number of days from 1 to ${String(MOST_RETENTION_DAYS)}, not ${String(retentionDays)}.`,
    );
  }
  if (!lockRetention) return;
  if (retentionDays === undefined) {
    throw new Error(`The lake's bucket "${zone}" has lockRetention but no retentionDays to lock: add them, or leave out lockRetention.`);
  }
  if (environment.allowsDataDeletion) {
    throw new Error(
      `The lake's bucket "${zone}" would be locked for ${String(retentionDays)} days, but environment "${environment.name}" allows the deletion of data: a lock can't be undone, and its bucket not be destroyed before. Leave out lockRetention, or set allowsDataDeletion to false.`,
    );
  }
}
