import { performance } from "node:perf_hooks";

const FRAMES = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

/** Whether to draw what moves: only where a person watches a terminal. */
const moves = (): boolean => process.stdout.isTTY && process.env.CI === undefined;

/**
 * Runs one step of a long command and prints a line about it with the seconds it took; on a terminal a moving mark shows that it runs.
 *
 * @param done what to say of the result.
 * @param failed whether the result is a failure all the same.
 */
export async function step<Result>(
  title: string,
  work: (say: (line: string) => void) => Promise<Result>,
  done: (result: Result) => string,
  failed: (result: Result) => boolean = () => false,
): Promise<Result> {
  const start = performance.now();
  const mark = moves() ? spin(title) : undefined;
  const say = (line: string): void => {
    mark?.clear();
    process.stdout.write(`    ${line}\n`);
  };
  if (!mark) process.stdout.write(`• ${title} …\n`);
  try {
    const result = await work(say);
    mark?.stop();
    process.stdout.write(`${failed(result) ? "✗" : "✓"} ${title}: ${done(result)} (${seconds(performance.now() - start)})\n`);
    return result;
  } catch (error) {
    mark?.stop();
    process.stdout.write(`✗ ${title} (${seconds(performance.now() - start)})\n`);
    throw error;
  }
}

/** Milliseconds as seconds with one digit behind the point. */
export const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;

function spin(title: string): { clear: () => void; stop: () => void } {
  let frame = 0;
  const clear = () => process.stdout.write("\r\x1b[2K");
  const timer = setInterval(() => {
    clear();
    process.stdout.write(`${FRAMES[frame++ % FRAMES.length] ?? ""} ${title} …`);
  }, 100);
  return {
    clear,
    stop: () => {
      clearInterval(timer);
      clear();
    },
  };
}
