import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readClientProperties } from "../../../pipelines/streaming/client/client-properties";

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "properties-"))));
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const read = (...lines: string[]) => {
  const file = join(folder, "client.properties");
  writeFileSync(file, lines.join("\n"));
  return readClientProperties(file);
};

const JAAS = 'sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="producer" password="a\\"b=c";';

describe("client.properties", () => {
  test("as a broker's machine writes it", () => {
    writeFileSync(join(folder, "ca.pem"), "an authority");
    expect(
      read(
        "# for the producer",
        "bootstrap.servers=a:9092,b:9092",
        "security.protocol=SASL_SSL",
        "sasl.mechanism=SCRAM-SHA-512",
        "ssl.truststore.type=PEM",
        "ssl.truststore.location=ca.pem",
        JAAS,
      ),
    ).toEqual({
      bootstrapServers: "a:9092,b:9092",
      sasl: { mechanism: "SCRAM-SHA-512", username: "producer", password: 'a"b=c' },
      tls: { ca: "an authority" },
    });
  });

  test("without a word on security nobody logs in", () => {
    expect(read("bootstrap.servers=a:9092")).toEqual({ bootstrapServers: "a:9092" });
  });

  test("names aren't compared where that is said", () => {
    expect(
      read("security.protocol=SSL", "ssl.endpoint.identification.algorithm=").tls?.checkServerIdentity?.("a", {} as never),
    ).toBeUndefined();
  });

  test.each([
    [["security.protocol=TLS"], /client\.properties: security\.protocol is TLS; there are PLAINTEXT/],
    [["security.protocol=SASL_SSL", "sasl.mechanism=OAUTHBEARER"], /sasl\.mechanism is OAUTHBEARER; there are SCRAM/],
    [["security.protocol=SASL_PLAINTEXT", "sasl.mechanism=PLAIN"], /sasl\.jaas\.config is missing/],
    [["security.protocol=SASL_PLAINTEXT", "sasl.mechanism=PLAIN", "sasl.jaas.config=x;"], /needs username="…"/],
    [["security.protocol=SSL", "ssl.truststore.location=x.jks"], /must be PEM/],
    [["security.protocol=SSL", "ssl.truststore.type=PEM", "ssl.truststore.location=none.pem"], /none\.pem can't be read/],
  ])("%p is refused, and why", (lines, message) => {
    expect(() => read(...lines)).toThrow(message);
  });
});
