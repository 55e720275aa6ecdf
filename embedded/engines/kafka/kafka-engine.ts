import { existsSync } from "node:fs";
import { join } from "node:path";
import { EmbeddedError } from "../../embedded-error";
import { withLock } from "../../exclusive-lock";
import { type Application, APPLICATION, applicationProgram } from "./application";
import { bringUp } from "./bring-up";
import { Cluster } from "./cluster";
import { Connect } from "./connect";
import { addressesOf, type KafkaAddresses, type KafkaOptions } from "./kafka-options";
import type { ProcessMark } from "./process-mark";
import { runToEnd } from "./program";
import { Service } from "./service";
import { GRACE_MILLISECONDS, stopKafka } from "./stop";
import { diskFull } from "./trouble";

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
  private readonly cluster: Cluster;
  private readonly connect: Connect;

  constructor(private readonly options: KafkaOptions) {
    this.cluster = new Cluster(options);
    this.connect = new Connect(options);
  }

  /** Where it is reached, running or not. */
  public get addresses(): KafkaAddresses {
    return addressesOf(this.options);
  }

  /** Whether brokers and registry run and answer, with the topics that are described now. */
  public isRunning(): Promise<boolean> {
    return this.cluster.isAsWanted();
  }

  /**
   * Starts what doesn't run of brokers and registry, and makes topics as they are described now. A running cluster of another size is stopped.
   *
   * @throws EmbeddedError naming what stands in the way: a port, the disk, memory.
   */
  public async start(signal?: AbortSignal): Promise<KafkaAddresses> {
    if (await this.cluster.isAsWanted()) return this.addresses;
    const { java } = this.options;
    if (!existsSync(java)) throw new EmbeddedError(`There is no Java at ${java}.`, "Set it up: npm run setup");
    await this.alone(() => this.cluster.heal(signal), signal);
    return this.addresses;
  }

  /** The same, and Connect. */
  public async startConnect(signal?: AbortSignal): Promise<KafkaAddresses> {
    await this.start(signal);
    if (new Service(this.connect.name, this.options.folder).running() && (await this.connect.answers())) return this.addresses;
    await this.alone(async () => {
      await bringUp([this.connect], this.options.folder, () => Promise.resolve(true), signal);
      this.cluster.note();
    }, signal);
    return this.addresses;
  }

  /**
   * The same as {@link start}, and an application. One that runs already is left alone where it was started as the same; with other classes or
   * addresses it is stopped, and started anew. Whether it works is for its owner to see.
   */
  public async startApplication(application: Application, signal?: AbortSignal): Promise<ProcessMark | undefined> {
    await this.start(signal);
    return this.alone(async () => {
      const service = this.application;
      const program = applicationProgram(this.options, application);
      if (!service.runsAs(program)) {
        await this.stopApplication();
        service.start(program);
      }
      this.cluster.note();
      return service.running();
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

  private async alone<Result>(work: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
    const folder = join(this.options.folder, "kafka");
    const lock = { what: "Kafka on this machine", command: "starting it", deadline: LOCK_MILLISECONDS, signal };
    try {
      return await withLock(join(folder, "start.lock"), lock, work);
    } catch (error) {
      throw (error as NodeJS.ErrnoException).code === "ENOSPC" ? diskFull("nothing can be written to", folder) : error;
    }
  }
}
