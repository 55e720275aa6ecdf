import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { EmbeddedError } from "../../embedded-error";
import { answersAt } from "./health";
import { javaProgram } from "./java";
import { addressesOf, clusterFolder, type KafkaOptions, portsOf } from "./kafka-options";
import type { Member } from "./member";
import type { Program } from "./program";

/** The schema registry. Its schemas lie in a file beside the brokers' logs, whose records name them. */
export class Registry implements Member {
  public readonly name = "kafka-registry";
  public readonly data: string;
  public readonly ports: readonly number[];
  private readonly url: string;

  constructor(private readonly options: KafkaOptions) {
    this.data = join(clusterFolder(options), "registry");
    this.ports = [portsOf(options).registry];
    this.url = addressesOf(options).registryUrl;
  }

  public get program(): Program {
    return {
      ...javaProgram(this.options, this.name, { heap: 256, main: ["-jar", runner(join(dirname(this.options.libs), "registry"))] }),
      environment: {
        // The published build keeps schemas in a database in memory; the same database keeps them in a file, written through at once.
        REGISTRY_DATASOURCE_URL: `jdbc:h2:file:${join(this.data, "registry")};WRITE_DELAY=0`,
        QUARKUS_HTTP_HOST: "127.0.0.1",
        QUARKUS_HTTP_PORT: String(this.ports[0]),
        QUARKUS_LOG_LEVEL: "WARN",
      },
    };
  }

  public prepare(): Promise<void> {
    mkdirSync(this.data, { recursive: true });
    return Promise.resolve();
  }

  public answers(): Promise<boolean> {
    return answersAt(`${this.url}/subjects`);
  }

  /** Has it refuse a schema that can't read what was written by the one before it. */
  public async demandCompatibility(): Promise<void> {
    const is = (await (await fetch(`${this.url}/config`)).json()) as { readonly compatibilityLevel?: string };
    if (is.compatibilityLevel === "BACKWARD") return;
    const headers = { "Content-Type": "application/vnd.schemaregistry.v1+json" };
    const response = await fetch(`${this.url}/config`, { method: "PUT", headers, body: JSON.stringify({ compatibility: "BACKWARD" }) });
    if (!response.ok) throw new Error(`The schema registry doesn't take BACKWARD compatibility: ${await response.text()}`);
  }
}

function runner(folder: string): string {
  const jar = existsSync(folder) ? readdirSync(folder).find((name) => name.endsWith("-runner.jar")) : undefined;
  if (jar === undefined) throw new EmbeddedError(`There is no schema registry in ${folder}.`, "Set it up: npm run setup");
  return join(folder, jar);
}
