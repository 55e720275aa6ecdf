import { EmbeddedError } from "../../embedded-error";
import { isPortTaken, portHolder } from "../port";
import { until } from "./health";
import { serviceMark } from "./java";
import type { Service } from "./service";

const RELEASE_MILLISECONDS = 5_000;

/**
 * Sees that a service can listen on its ports. A program of its own that nobody remembers, for the file that names it is lost, is taken for it.
 *
 * @throws EmbeddedError naming another program that listens there.
 */
export async function claimPorts(service: Service, folder: string, ports: readonly number[]): Promise<void> {
  for (const port of ports) {
    const isFree = async () => !(await isPortTaken(port));
    if (await isFree()) continue;
    const holder = portHolder(port);
    // A killed process holds its ports a little longer than it is to be seen.
    if (holder === undefined && (await until(RELEASE_MILLISECONDS, isFree))) continue;
    if (holder?.command.includes(`-Dtrips.service=${serviceMark(folder, service.name)} `)) {
      service.adopt(holder.pid);
      return;
    }
    throw new EmbeddedError(
      `Port ${String(port)} on 127.0.0.1, where ${service.name} should listen, is taken${holder ? ` by ${described(holder)}` : ""}.`,
      `${holder && isKafka(holder.command) ? "Stop that one: two clusters can't share a port." : "Stop that program, then repeat."} Or move this one, e.g. by EMBEDDED_KAFKA_PORT=19092.`,
    );
  }
}

const isKafka = (command: string): boolean => /\bkafka\.Kafka\b|kafka_2\.|\/kafka\//.test(command);

function described({ pid, command }: { readonly pid: number; readonly command: string }): string {
  const program = `process ${String(pid)} (${command.length > 120 ? `${command.slice(0, 60)} … ${command.slice(-57)}` : command})`;
  return isKafka(command) ? `another Kafka, ${program}` : program;
}
