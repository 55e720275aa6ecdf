import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Broker } from "../../../../embedded/engines/kafka/broker";
import { clusterId } from "../../../../embedded/engines/kafka/server-properties";

let folder: string;
let broker: Broker;

const mark = (cluster: string, node: number): void => {
  mkdirSync(broker.data, { recursive: true });
  writeFileSync(join(broker.data, "meta.properties"), `#\ncluster.id=${cluster}\nnode.id=${String(node)}\nversion=1\n`);
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "broker-"));
  broker = new Broker(2, { folder, java: "/no/java", libs: join(folder, "libs"), brokers: 3 });
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test("its own log is taken up, and its properties are written anew", async () => {
  mark(clusterId(3), 2);

  await broker.prepare();

  expect(readFileSync(join(folder, "kafka/3/broker-2/server.properties"), "utf8")).toContain("node.id=2\n");
});

test.each([
  ["another cluster's", clusterId(1), 2],
  ["another broker's", clusterId(3), 22],
])("%s log is refused", async (_whose, cluster, node) => {
  mark(cluster, node);

  await expect(broker.prepare()).rejects.toThrow(
    `${broker.data} isn't the log of broker 2 in a cluster of 3: meta.properties is another's, damaged or missing.\nPut it back as it was`,
  );
});

test("a log in use without the file that names it is refused, not formatted over", async () => {
  mkdirSync(join(broker.data, "__cluster_metadata-0"), { recursive: true });

  await expect(broker.prepare()).rejects.toThrow("meta.properties is another's, damaged or missing.");
});
