import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { copies } from "../../../contracts/render/kafka";
import { answersAt } from "./health";
import { javaProgram } from "./java";
import { addressesOf, clusterFolder, type KafkaOptions, portsOf } from "./kafka-options";
import type { Member } from "./member";
import type { Program } from "./program";

/** Kafka Connect with one worker, which keeps what it knows in the cluster's topics. */
export class Connect implements Member {
  public readonly name = "kafka-connect";
  public readonly data: string;
  public readonly ports: readonly number[];

  constructor(private readonly options: KafkaOptions) {
    this.data = join(clusterFolder(options), "connect");
    this.ports = [portsOf(options).connect];
  }

  public get program(): Program {
    return javaProgram(this.options, this.name, {
      heap: 384,
      main: ["org.apache.kafka.connect.cli.ConnectDistributed", join(this.data, "connect.properties")],
    });
  }

  public prepare(): Promise<void> {
    mkdirSync(this.plugins, { recursive: true });
    mkdirSync(this.data, { recursive: true });
    writeFileSync(join(this.data, "connect.properties"), this.properties);
    return Promise.resolve();
  }

  /** Whether connectors can be asked for: the worker has joined its group then. */
  public answers(): Promise<boolean> {
    return answersAt(`${addressesOf(this.options).connectUrl}/connectors`);
  }

  /** Connectors of others lie there, each in a folder of its own. */
  private get plugins(): string {
    return join(dirname(this.options.libs), "plugins");
  }

  /** As a machine's: `pipelines/streaming/broker/templates/connect.properties`. */
  private get properties(): string {
    const { bootstrapServers, connectUrl, brokers } = addressesOf(this.options);
    const { replication } = copies(brokers);
    return [
      `bootstrap.servers=${bootstrapServers}`,
      "group.id=connect-trips",
      `listeners=${connectUrl}`,
      `plugin.path=${this.plugins}`,
      "plugin.discovery=service_load",
      "key.converter=org.apache.kafka.connect.storage.StringConverter",
      "value.converter=org.apache.kafka.connect.converters.ByteArrayConverter",
      "config.storage.topic=connect-configs",
      "offset.storage.topic=connect-offsets",
      "status.storage.topic=connect-status",
      ...["config", "offset", "status"].map((what) => `${what}.storage.replication.factor=${String(replication)}`),
      ...this.passwords,
      "",
    ].join("\n");
  }

  /** A connector's configuration, which Connect keeps in a topic and shows to everybody, names files in place of passwords. */
  private get passwords(): string[] {
    const { secrets } = this.options;
    if (secrets === undefined) return [];
    return [
      "config.providers=dir",
      "config.providers.dir.class=org.apache.kafka.common.config.provider.DirectoryConfigProvider",
      `config.providers.dir.param.allowed.paths=${secrets}`,
    ];
  }
}
