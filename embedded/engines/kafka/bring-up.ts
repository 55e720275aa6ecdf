import { setTimeout as delay } from "node:timers/promises";
import { EmbeddedError } from "../../embedded-error";
import type { Member } from "./member";
import { claimPorts } from "./ports";
import { Service } from "./service";
import { lastLines, whyEnded } from "./trouble";

const WITHIN_MILLISECONDS = 90_000;
const POLL_MILLISECONDS = 100;

/**
 * Starts members that don't run, side by side, and waits until all do their work. Those that it started are stopped again when one can't be.
 *
 * @param isReady what has to hold besides each member's own answer.
 * @throws EmbeddedError naming what stands in the way: a port, the disk, memory.
 */
export async function bringUp(
  members: readonly Member[],
  folder: string,
  isReady: () => Promise<boolean>,
  signal?: AbortSignal,
): Promise<void> {
  const started: Service[] = [];
  try {
    const begun = await Promise.allSettled(
      members.map(async (member) => {
        const service = new Service(member.name, folder);
        if (service.running()) return;
        await claimPorts(service, folder, member.ports);
        if (service.running()) return;
        await member.prepare(signal);
        signal?.throwIfAborted();
        started.push(service);
        service.start(member.program);
      }),
    );
    const failed = begun.find((result) => result.status === "rejected");
    if (failed) throw failed.reason;
    await awaitAnswers(members, folder, isReady, signal);
  } catch (error) {
    await Promise.all(started.map((service) => service.stop(0)));
    throw error;
  }
}

async function awaitAnswers(
  members: readonly Member[],
  folder: string,
  isReady: () => Promise<boolean>,
  signal?: AbortSignal,
): Promise<void> {
  const end = Date.now() + WITHIN_MILLISECONDS;
  const silent = new Set(members);
  while (silent.size > 0 || !(await isReady())) {
    for (const member of members) {
      const service = new Service(member.name, folder);
      if (!service.running()) throw whyEnded({ name: member.name, log: service.log, data: member.data });
    }
    const answers = await Promise.all([...silent].map(async (member) => ({ member, yes: await member.answers() })));
    for (const { member } of answers.filter(({ yes }) => yes)) silent.delete(member);
    if (Date.now() > end) throw notReady([...silent], folder);
    await delay(POLL_MILLISECONDS, undefined, { signal });
  }
}

function notReady(silent: readonly Member[], folder: string): EmbeddedError {
  const seconds = String(WITHIN_MILLISECONDS / 1000);
  const told = silent.map(({ name }) => `${name} doesn't answer:\n${lastLines(new Service(name, folder).log)}`);
  return new EmbeddedError(
    `Kafka isn't ready within ${seconds} s. ${told.length > 0 ? told.join("\n") : "Its brokers run, but don't find each other, or some partitions' copies."}`,
    `Stop it and start it again: npm run down, npm run up. Logs: ${folder}/logs`,
  );
}
