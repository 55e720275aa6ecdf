import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { EmbeddedError } from "../../embedded-error";
import { answersOn } from "./health";
import { javaProgram } from "./java";
import { clusterFolder, type KafkaOptions, portsOf } from "./kafka-options";
import type { Member } from "./member";
import { clusterId, serverProperties } from "./server-properties";
import type { Program } from "./program";

/** MiB. */
const HEAP = 384;

/** A broker, which is a controller as well. */
export class Broker implements Member {
  public readonly name: string;
  public readonly data: string;
  public readonly ports: readonly number[];
  private readonly properties: string;

  /** @param number from 1 up */
  constructor(
    private readonly number: number,
    private readonly options: KafkaOptions,
  ) {
    const folder = join(clusterFolder(options), `broker-${String(number)}`);
    const { clients, controllers } = portsOf(options);
    this.name = `kafka-${String(number)}`;
    this.data = join(folder, "log");
    this.ports = [clients, controllers].map((ports) => Number(ports[number - 1]));
    this.properties = join(folder, "server.properties");
  }

  public get program(): Program {
    return javaProgram(this.options, this.name, { heap: HEAP, main: ["kafka.Kafka", this.properties] });
  }

  /** Writes its properties, and formats the folder of its log where there is none. @throws EmbeddedError when that is another cluster's */
  public async prepare(signal?: AbortSignal): Promise<void> {
    mkdirSync(this.data, { recursive: true });
    writeFileSync(this.properties, serverProperties(this.number, portsOf(this.options), this.data));
    const mark = join(this.data, "meta.properties");
    // Formatted anew, a folder that is in use would be another folder to the cluster, whose partitions lie in none then.
    if (!existsSync(mark) && !existsSync(join(this.data, "__cluster_metadata-0"))) return this.format(signal);
    const lines = existsSync(mark) ? readFileSync(mark, "utf8").split("\n") : [];
    if (lines.includes(`cluster.id=${clusterId(this.options.brokers)}`) && lines.includes(`node.id=${String(this.number)}`)) return;
    throw new EmbeddedError(
      `${this.data} isn't the log of broker ${String(this.number)} in a cluster of ${String(this.options.brokers)}: meta.properties is another's, damaged or missing.`,
      `Put it back as it was; or remove the folder, and stream anew what it held: rm -r ${this.data}`,
    );
  }

  public answers(): Promise<boolean> {
    return answersOn(Number(this.ports[0]));
  }

  private async format(signal?: AbortSignal): Promise<void> {
    const main = ["kafka.tools.StorageTool", "format", `--cluster-id=${clusterId(this.options.brokers)}`, "--config", this.properties];
    const { command, args } = javaProgram(this.options, `${this.name}-format`, { heap: 128, main });
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], signal });
    const [said, complaints, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, "exit") as Promise<[number]>,
    ]);
    if (code !== 0)
      throw new EmbeddedError(`The folder ${this.data} couldn't be formatted:\n${said}${complaints}`, "Mend what it names, then repeat.");
  }
}
