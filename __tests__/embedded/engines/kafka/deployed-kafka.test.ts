import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Catalog } from "../../../../embedded/catalog/catalog";
import { deployedBrokers, reconcileKafka } from "../../../../embedded/engines/kafka/deployed-kafka";

let folder: string;
let catalog: Catalog;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "deployed-"));
  catalog = new Catalog(join(folder, "catalog"));
  mkdirSync(join(folder, "kafka/1/broker-1"), { recursive: true });
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const deploy = (...names: string[]) => {
  for (const name of names) catalog.put("google_compute_instance", { id: `instances/${name}`, name } as never);
};

test("each machine of the cluster is a broker, other machines are none", () => {
  deploy("trips-kafka-1", "trips-kafka-2", "trips-kafka-3", "trips-airflow");

  expect(deployedBrokers(catalog)).toBe(3);
});

test("what was streamed stays while Kafka is deployed, and goes with it", async () => {
  deploy("trips-kafka-1");
  await reconcileKafka(catalog, folder);
  expect(existsSync(join(folder, "kafka/1/broker-1"))).toBe(true);

  catalog.delete("google_compute_instance", "instances/trips-kafka-1");
  await reconcileKafka(catalog, folder);
  expect(existsSync(join(folder, "kafka"))).toBe(false);
});
