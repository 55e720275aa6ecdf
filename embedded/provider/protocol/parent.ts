const CHECK_EVERY_MS = 250;

/**
 * Calls `gone` once, soon after the process that started this one has ended.
 *
 * A killed Terraform says no goodbye, and its plugins would stay for ever. A process without a parent is given another one, so a
 * changed parent id is the sign, on every Unix.
 */
export function whenParentEnds(gone: () => void): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    gone();
  }, CHECK_EVERY_MS);
  timer.unref();
}
