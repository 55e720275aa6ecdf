import { createHash } from "node:crypto";
import { kafkaJson } from "../../../contracts/render/kafka";
import { bringUp } from "./bring-up";
import { Broker } from "./broker";
import { addressesOf, type KafkaAddresses, type KafkaOptions } from "./kafka-options";
import type { Member } from "./member";
import { Registry } from "./registry";
import { readRunning, writeRunning } from "./running-file";
import { Service } from "./service";
import { runningServices, stopKafka } from "./stop";

/** Brokers, their topics and the registry: what always runs together. */
export class Cluster {
  private readonly registry: Registry;
  private readonly members: readonly Member[];
  private readonly addresses: KafkaAddresses;
  private readonly topics: ReturnType<typeof kafkaJson>["topics"];

  constructor(private readonly options: KafkaOptions) {
    this.registry = new Registry(options);
    this.members = [...Array.from({ length: options.brokers }, (_none, index) => new Broker(index + 1, options)), this.registry];
    this.addresses = addressesOf(options);
    this.topics = kafkaJson(options.brokers).topics;
  }

  /** Whether all of it runs and answers, with the topics that are described now; takes milliseconds. */
  public async isAsWanted(): Promise<boolean> {
    const { folder } = this.options;
    const running = readRunning(folder);
    if (!this.isThis(running) || running?.topics !== this.print) return false;
    const answers = await Promise.all(this.members.map((member) => member.answers()));
    // Looked at last: a process that was killed a moment ago may have answered yet.
    return answers.every(Boolean) && this.members.every(({ name }) => new Service(name, folder).running() !== undefined);
  }

  /** Starts what doesn't run of it, and makes its topics as they are described; a cluster of another size is stopped before. */
  public async heal(signal?: AbortSignal): Promise<void> {
    const { folder } = this.options;
    const running = readRunning(folder);
    if (running !== undefined && !this.isThis(running)) await stopKafka(folder);
    // Before the first process: whoever comes after a start that was killed knows which cluster's processes those are.
    writeRunning(folder, { ...this.addresses, pids: {}, topics: "" });
    // Loaded here, for it takes longer than to see that all is well.
    const { applyTopics, isWhole } = await import("./topics");
    const { bootstrapServers, brokers } = this.addresses;
    // Each is asked: the others may not have noticed yet that one has gone, and a new topic comes to all of them a little after it is made.
    const areWhole = async (wanted: readonly string[]) =>
      (await Promise.all(bootstrapServers.split(",").map((server) => isWhole(server, brokers, wanted)))).every(Boolean);
    await bringUp(this.members, folder, () => areWhole([]), signal);
    await Promise.all([applyTopics(bootstrapServers, this.topics), this.registry.demandCompatibility()]);
    await bringUp(this.members, folder, () => areWhole(this.topics.map(({ name }) => name)), signal);
    this.note();
  }

  /** Writes down what runs now. */
  public note(): void {
    const { folder } = this.options;
    const pids = Object.fromEntries(runningServices(folder).map(({ name, pid }) => [name, pid]));
    writeRunning(folder, { ...this.addresses, pids, topics: this.print });
  }

  private isThis(running: KafkaAddresses | undefined): boolean {
    return running?.bootstrapServers === this.addresses.bootstrapServers && running.registryUrl === this.addresses.registryUrl;
  }

  private get print(): string {
    return createHash("sha256").update(JSON.stringify(this.topics)).digest("hex");
  }
}
