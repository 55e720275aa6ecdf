import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { kafkaJson } from "../../../contracts/render/kafka";
import { EmbeddedError } from "../../embedded-error";
import { withLock } from "../../exclusive-lock";
import { type Application, APPLICATION, applicationProgram } from "./application";
import { bringUp } from "./bring-up";
import { Broker } from "./broker";
import { Connect } from "./connect";
import { addressesOf, type KafkaAddresses, type KafkaOptions } from "./kafka-options";
import type { Member } from "./member";
import type { ProcessMark } from "./process-mark";
import { Registry } from "./registry";
import { readRunning, writeRunning } from "./running-file";
import { runToEnd, Service } from "./service";
import { GRACE_MILLISECONDS, runningServices, stopKafka } from "./stop";

const LOCK_MILLISECONDS = 180_000;

/**
 * Kafka on this machine in place of the deployed machines: the same brokers, topics, registry and Connect, without log-ins.
 *
 *     const engine = new KafkaEngine({ folder, java, libs, brokers: 1 });
 *     const { bootstrapServers, registryUrl } = await engine.start();
 *
 * What it starts goes on when the command has ended, until {@link stop}.
 */
export class KafkaEngine {
  private readonly brokers: readonly Broker[];
  private readonly registry: Registry;
  private readonly connect: Connect;

  constructor(private readonly options: KafkaOptions) {
    this.brokers = Array.from({ length: options.brokers }, (_none, index) => new Broker(index + 1, options));
    this.registry = new Registry(options);
    this.connect = new Connect(options);
  }

  /** Where it is reached, running or not. */
  public get addresses(): KafkaAddresses {
    return addressesOf(this.options);
  }

  /**
   * Starts what doesn't run of brokers and registry, and makes topics as they are described now. A running cluster of another size is stopped.
   *
   * @throws EmbeddedError naming what stands in the way: a port, the disk, memory.
   */
  public async start(signal?: AbortSignal): Promise<KafkaAddresses> {
    if (!(await this.isAsWanted())) await this.alone(() => this.heal(signal), signal);
    return this.addresses;
  }

  /** The same, and Connect. */
  public async startConnect(signal?: AbortSignal): Promise<KafkaAddresses> {
    await this.start(signal);
    if (this.service(this.connect).running() && (await this.connect.answers())) return this.addresses;
    await this.alone(async () => {
      await bringUp([this.connect], this.options.folder, () => Promise.resolve(true), signal);
      this.note();
    }, signal);
    return this.addresses;
  }

  /** The same as {@link start}, and an application; one that runs already is left alone. Whether it works is for its owner to see. */
  public async startApplication(application: Application, signal?: AbortSignal): Promise<ProcessMark | undefined> {
    await this.start(signal);
    return this.alone(() => {
      const service = this.application;
      if (!service.running()) service.start(applicationProgram(this.options, application));
      this.note();
      return Promise.resolve(service.running());
    }, signal);
  }

  /** The application's service: whether it runs, and its log. */
  public get application(): Service {
    return new Service(APPLICATION, this.options.folder);
  }

  /**
   * Stops the application, and runs to its end another program that is given the same; answers with what that says.
   *
   * @throws EmbeddedError with what it complains of
   */
  public async runInstead(application: Application, signal?: AbortSignal): Promise<string> {
    await this.start(signal);
    return this.alone(async () => {
      await this.stopApplication();
      return runToEnd(applicationProgram(this.options, application), application.main, signal);
    }, signal);
  }

  /** Stops the application alone; false where it didn't run. */
  public stopApplication(): Promise<boolean> {
    return this.application.stop(2 * GRACE_MILLISECONDS);
  }

  /** Stops all of it; what it holds stays. Returns what was stopped. */
  public stop(): Promise<string[]> {
    return stopKafka(this.options.folder);
  }

  private async heal(signal?: AbortSignal): Promise<void> {
    const { folder, java, brokers } = this.options;
    if (!existsSync(java)) throw new EmbeddedError(`There is no Java at ${java}.`, "Set it up: npm run setup");
    const running = readRunning(folder);
    if (running !== undefined && running.bootstrapServers !== this.addresses.bootstrapServers) await stopKafka(folder);
    // Before the first process: whoever comes after a start that was killed knows which cluster's processes those are.
    writeRunning(folder, { ...this.addresses, pids: {}, topics: "" });
    // Loaded here, for it takes longer than to see that all is well.
    const { applyTopics, isWhole } = await import("./topics");
    const { bootstrapServers } = this.addresses;
    const { topics } = kafkaJson(brokers);
    // Each is asked: the others may not have noticed yet that one has gone, and a new topic comes to all of them a little after it is made.
    const areWhole = async (wanted: readonly string[]) =>
      (await Promise.all(bootstrapServers.split(",").map((server) => isWhole(server, brokers, wanted)))).every(Boolean);
    await bringUp(this.members, folder, () => areWhole([]), signal);
    await Promise.all([applyTopics(bootstrapServers, topics), this.registry.demandCompatibility()]);
    await bringUp(this.members, folder, () => areWhole(topics.map(({ name }) => name)), signal);
    this.note();
  }

  private async isAsWanted(): Promise<boolean> {
    const running = readRunning(this.options.folder);
    const { bootstrapServers, registryUrl } = this.addresses;
    if (running?.bootstrapServers !== bootstrapServers || running.registryUrl !== registryUrl || running.topics !== this.print)
      return false;
    const answers = this.members.map((member) => this.service(member).running() !== undefined && member.answers());
    return (await Promise.all(answers)).every(Boolean);
  }

  private get members(): readonly Member[] {
    return [...this.brokers, this.registry];
  }

  private get print(): string {
    return createHash("sha256")
      .update(JSON.stringify(kafkaJson(this.options.brokers).topics))
      .digest("hex");
  }

  private note(): void {
    const { folder } = this.options;
    const pids = Object.fromEntries(runningServices(folder).map(({ name, pid }) => [name, pid]));
    writeRunning(folder, { ...this.addresses, pids, topics: this.print });
  }

  private service({ name }: Member): Service {
    return new Service(name, this.options.folder);
  }

  private alone<Result>(work: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
    const lock = { what: "Kafka on this machine", command: "starting it", deadline: LOCK_MILLISECONDS, signal };
    return withLock(join(this.options.folder, "kafka", "start.lock"), lock, work);
  }
}
