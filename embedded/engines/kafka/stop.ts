import { readdirSync } from "node:fs";
import { forgetRunning } from "./running-file";
import { runFolder, Service } from "./service";

/** Of three brokers that stop together the last finds no quorum to take its leave of, and would wait for one; what it has is written all the same. */
export const GRACE_MILLISECONDS = 5_000;

/** Stops all services of an environment, whoever started them. Returns their names. */
export async function stopKafka(folder: string): Promise<string[]> {
  const names = namesIn(runFolder(folder));
  const brokers = names.filter((name) => /^kafka-\d+$/.test(name));
  // Who speaks to brokers goes first: it may have something to tell them yet.
  const others = names.filter((name) => !brokers.includes(name));
  const stopped = [...(await stopAll(folder, others)), ...(await stopAll(folder, brokers))];
  forgetRunning(folder);
  return stopped.sort();
}

/** Services that run. */
export function runningServices(folder: string): { readonly name: string; readonly pid: number }[] {
  return namesIn(runFolder(folder)).flatMap((name) => {
    const mark = new Service(name, folder).running();
    return mark === undefined ? [] : [{ name, pid: mark.pid }];
  });
}

async function stopAll(folder: string, names: readonly string[]): Promise<string[]> {
  const stopped = await Promise.all(names.map((name) => new Service(name, folder).stop(GRACE_MILLISECONDS)));
  return names.filter((_name, index) => stopped[index]);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(".json"))
      .map((name) => name.slice(0, -".json".length));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}
