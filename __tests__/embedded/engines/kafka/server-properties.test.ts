import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { usualPorts } from "../../../../embedded/engines/kafka/kafka-options";
import { clusterId, serverProperties } from "../../../../embedded/engines/kafka/server-properties";

const TEMPLATE = resolve(__dirname, "../../../../pipelines/streaming/broker/templates/server.properties");

/** Of where a broker is, whom it lets in, and how it proves itself: on one person's machine it's another, or nobody's. */
const OF_A_MACHINE =
  /^(listeners|advertised\.listeners|listener\.|inter\.broker|broker\.rack|log\.dirs|sasl\.|ssl\.|authorizer\.|super\.users)/;

function properties(text: string): Map<string, string> {
  const lines = text.split("\n").filter((line) => line.includes("=") && !line.startsWith("#"));
  return new Map(lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]));
}

test("a broker has the properties of a machine's, but those of log-ins and places", () => {
  const settings: Record<string, string> = { NODE_ID: "2", REPLICATION: "3", IN_SYNC: "2" };
  settings.VOTERS = "1@127.0.0.1:9093,2@127.0.0.1:9193,3@127.0.0.1:9293";
  const template = readFileSync(TEMPLATE, "utf8").replace(/@(\w+)@/g, (_all, name: string) => settings[name] ?? "");

  const here = properties(serverProperties(2, usualPorts(3), "/data"));

  const wanted = new Map([...properties(template)].filter(([key]) => !OF_A_MACHINE.test(key)));
  const shared = new Map([...here].filter(([key]) => wanted.has(key)));
  expect(shared).toEqual(wanted);
  expect([...here.keys()].filter((key) => !wanted.has(key) && !OF_A_MACHINE.test(key))).toEqual(["group.initial.rebalance.delay.ms"]);
});

test("nobody but this machine can speak to it", () => {
  const here = properties(serverProperties(1, usualPorts(1), "/data"));

  expect(here.get("listeners")).toBe("CLIENT://127.0.0.1:9092,CONTROLLER://127.0.0.1:9093");
  expect(here.get("log.dirs")).toBe("/data");
});

test("clusters of another size are other clusters", () => {
  expect(clusterId(1)).toMatch(/^[A-Za-z0-9_][A-Za-z0-9_-]{21}$/);
  expect(clusterId(1)).not.toBe(clusterId(3));
});
