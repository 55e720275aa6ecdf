import { type ClusterHere, clusterHere, until } from "./cluster";
import { describeStreaming } from "./tools";

const KAFKA = "trips-kafka.service";
const APPLY = "trips-kafka-apply.service";

describeStreaming("three brokers, each installed by its start-up script", () => {
  let cluster: ClusterHere;
  const first = () => cluster.machines[0]!;
  const admin = () => ["--bootstrap-server", first().settings.BOOTSTRAP!, "--command-config", first().client("admin")];
  const describeRides = async () => {
    const said = await first().tool("TopicCommand", [...admin(), "--describe", "--topic", "trips.rides"]);
    return [...said.matchAll(/Partition: (\d+)\s+Leader: (\S+)\s+Replicas: (\S+)\s+Isr: (\S*)/g)].map(([, , leader, replicas, inSync]) => ({
      leader,
      replicas: replicas!.split(",").length,
      inSync: inSync!.split(",").sort().join(","),
    }));
  };

  beforeAll(async () => {
    cluster = await clusterHere(3);
    // The first one makes the secrets; the others wait until they are there.
    await Promise.all([...cluster.machines].reverse().map((machine) => machine.boot()));
    for (const machine of cluster.machines) machine.start(KAFKA);
    await first().runToEnd(APPLY);
  });
  afterAll(async () => {
    await cluster.stop();
  });

  test("only the first machine makes secrets, and carries what there is one of", () => {
    expect([...cluster.google.secrets.values()].map((versions) => versions.length)).toEqual(Array(7).fill(1));
    expect(cluster.machines.map(({ started }) => started.length)).toEqual([6, 2, 2]);
  });

  test("every partition has three copies", async () => {
    const partitions = await until(
      "all copies are in sync",
      describeRides,
      (all) => all.length > 0 && all.every((one) => one.inSync === "1,2,3"),
    );
    expect(partitions).toHaveLength(6);
    expect(partitions.every(({ replicas }) => replicas === 3)).toBe(true);
    expect(new Set(partitions.map(({ leader }) => leader)).size).toBe(3);
  });

  test("when one is killed, another leads, and rides are still written and read", async () => {
    await cluster.machines[1]!.kill(KAFKA);
    const partitions = await until("another leads", describeRides, (all) => all.length > 0 && all.every((one) => one.inSync === "1,3"));
    expect(partitions.map(({ leader }) => leader)).not.toContain("2");

    const bootstrap = ["--bootstrap-server", first().settings.BOOTSTRAP!];
    const written = ["ConsoleProducer", [...bootstrap, "--topic", "trips.rides", "--producer.config", first().client("producer")]] as const;
    expect(await first().tool(...written, "a ride\n")).toBe("");
    const read = [...bootstrap, "--topic", "trips.rides", "--from-beginning", "--max-messages", "1", "--timeout-ms", "30000"];
    const group = ["--group", "trips-test", "--consumer.config", first().client("consumer")];
    expect(await first().tool("consumer.ConsoleConsumer", [...read, ...group])).toContain("a ride");

    cluster.machines[1]!.start(KAFKA);
    await until("it is in sync again", describeRides, (all) => all.every((one) => one.inSync === "1,2,3"));
  });
});
