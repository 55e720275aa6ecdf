import { type ChildProcess, execFile, spawn } from "node:child_process";
import { existsSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { kafkaJson } from "../../contracts/render/kafka";
import { brokerSettings, type ClusterSettings } from "../../constructs/streaming/kafka-settings";
import { type KafkaSoftware, kafkaStartUp } from "../../constructs/streaming/kafka-start-up";
import { kafkaSoftware } from "../../stacks/platform/kafka-software";
import type { GoogleStandIn } from "./google-stand-in";
import { tools } from "./tools";

const run = promisify(execFile);

/** A broker's machine in a clean folder: its start-up script runs as it does in the cloud, and its units by hand instead of by systemd. */
export class BrokerMachine {
  public readonly settings: Record<string, string>;
  private readonly running = new Map<string, ChildProcess>();

  constructor(
    public readonly folder: string,
    broker: number,
    private readonly google: GoogleStandIn,
    cluster: ClusterSettings,
    here: Record<string, string>,
  ) {
    this.settings = { ...brokerSettings(broker, cluster), LISTEN: "127.0.0.1", HEAP_MEBIBYTES: "384", ...here };
    const libs = join(folder, "home/libs");
    mkdirSync(libs, { recursive: true });
    // Else every test would fetch 270 MB: the script finds them, and fetches none.
    for (const name of readdirSync(tools().libs)) symlinkSync(join(tools().libs, name), join(libs, name));
  }

  public get started(): string[] {
    return existsSync(this.path("started")) ? readFileSync(this.path("started"), "utf8").trimEnd().split("\n") : [];
  }

  public path(...names: string[]): string {
    return join(this.folder, ...names);
  }

  /** Properties of a client that logs in as the user. */
  public client(user: string): string {
    return this.path("run/clients", `${user}.properties`);
  }

  /** Runs the start-up script, anew as after a restart of the machine; answers with what it said. */
  public async boot(topics = kafkaJson(Number(this.settings.BROKERS)), more: KafkaSoftware = {}): Promise<string> {
    rmSync(this.path("started"), { force: true });
    const software = { ...kafkaSoftware(), "topics.json": JSON.stringify(topics), ...more };
    writeFileSync(this.path("startup-script"), `set -euo pipefail\n${kafkaStartUp(software, this.settings)}`);
    const { stdout, stderr } = await run("bash", [this.path("startup-script")], { env: this.environment() });
    return stdout + stderr;
  }

  /** Starts what a unit describes. */
  public start(unit: string): ChildProcess {
    const text = readFileSync(this.path("units", unit), "utf8");
    const [program = "", ...args] = (/^ExecStart=(.*)$/m.exec(text)?.[1] ?? "").split(" ");
    const variables = [...text.matchAll(/^Environment=(.*)$/gm)].flatMap(([, line = ""]) =>
      [...line.matchAll(/"(\w+)=([^"]*)"/g)].map(([, name = "", value = ""]) => [name, value]),
    );
    const [, state] = /^StateDirectory=(.*)$/m.exec(text) ?? [];
    if (state !== undefined) variables.push(["STATE_DIRECTORY", this.path("state", state)]);
    const log = openSync(this.path(`${unit}.log`), "a");
    const child = spawn(program, args, {
      env: { ...this.environment(), ...Object.fromEntries(variables) },
      stdio: ["ignore", log, log],
      cwd: this.folder,
    });
    this.running.set(unit, child);
    return child;
  }

  /** Runs a unit that ends by itself; answers with what it has said, this time and before. */
  public async runToEnd(unit: string): Promise<string> {
    const code = await new Promise((done) => this.start(unit).once("exit", done));
    const said = this.log(unit);
    if (code !== 0) throw new Error(`${unit} ended with ${String(code)}: ${said}`);
    return said;
  }

  public log(unit: string): string {
    return readFileSync(this.path(`${unit}.log`), "utf8");
  }

  public async kill(unit: string, signal: NodeJS.Signals = "SIGKILL"): Promise<void> {
    const child = this.running.get(unit);
    this.running.delete(unit);
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((done) => child.once("exit", done));
    child.kill(signal);
    await gone;
  }

  public async stop(): Promise<void> {
    for (const unit of [...this.running.keys()]) await this.kill(unit);
  }

  /** One of Kafka's own tools; answers with what it says, in either case. */
  public async tool(className: string, args: readonly string[], input = ""): Promise<string> {
    const quick = ["-Xmx128m", "-XX:TieredStopAtLevel=1", "-Dorg.slf4j.simpleLogger.defaultLogLevel=error"];
    const command = [...quick, "-cp", this.path("home/libs/*"), `org.apache.kafka.tools.${className}`, ...args];
    const going = run(tools().java, command, { timeout: 180_000 });
    going.child.stdin?.end(input);
    const { stdout, stderr } = await going.catch((error: { stdout: string; stderr: string }) => error);
    return stdout + stderr;
  }

  private environment(): NodeJS.ProcessEnv {
    return {
      PATH: process.env.PATH,
      STREAMING_HOME: this.path("home"),
      STREAMING_DATA: this.path("data"),
      STREAMING_RUN: this.path("run"),
      STREAMING_UNITS: this.path("units"),
      STREAMING_STARTED: this.path("started"),
      STREAMING_MACHINE: join(__dirname, "machine-here.sh"),
      STREAMING_JAVA: tools().java,
      STREAMING_METADATA_URL: this.google.url,
      STREAMING_SECRETS_URL: this.google.url,
      STREAMING_MONITORING_URL: this.google.url,
      STREAMING_PATIENCE_SECONDS: "30",
    };
  }
}
