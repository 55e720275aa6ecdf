import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { SchemaRegistry } from "../../../pipelines/streaming/avro/schema-registry";

/** What a server answers, request by request: a status and a body; undefined breaks the connection. */
type Answer = readonly [number, object] | undefined;

let server: Server;
const asked: string[] = [];

async function serves(...answers: Answer[]): Promise<string> {
  asked.length = 0;
  server = createServer((request, response) => {
    asked.push(`${String(request.method)} ${String(request.url)}`);
    const answer = answers.shift();
    if (answer === undefined) request.socket.destroy();
    else response.writeHead(answer[0]).end(JSON.stringify(answer[1]));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

describe("schema registry", () => {
  test("what fails in passing is asked again, and told once", async () => {
    const waits: string[] = [];
    const url = await serves([503, {}], undefined, [200, { schema: '"long"' }]);
    const registry = new SchemaRegistry({ url, onWait: (why) => waits.push(why) });
    expect(await registry.byId(3)).toBe('"long"');
    expect(asked).toEqual(Array(3).fill("GET /schemas/ids/3"));
    expect(waits).toEqual([expect.stringMatching(/^the schema registry at 127\.0\.0\.1:\d+: it answers 503$/)]);
  });

  test("a schema is asked for once; a failure isn't remembered", async () => {
    const registry = new SchemaRegistry({ url: await serves([404, { message: "none" }], [200, { schema: '"long"' }]) });
    await expect(registry.byId(3)).rejects.toThrow("answers 404 for /schemas/ids/3: none");
    await registry.byId(3);
    await registry.byId(3);
    expect(asked).toHaveLength(2);
  });

  test("a schema is registered for the topic's values, and only compatible ones from then on", async () => {
    const registry = new SchemaRegistry({ url: await serves([200, { id: 5 }], [200, {}]) });
    expect(await registry.register("trips.rides", '"long"')).toBe(5);
    expect(asked).toEqual(["POST /subjects/trips.rides-value/versions", "PUT /config/trips.rides-value"]);
  });

  test("one that isn't compatible is refused with what to do", async () => {
    const registry = new SchemaRegistry({ url: await serves([409, { message: "READER_FIELD_MISSING" }]) });
    await expect(registry.register("trips.rides", '"long"')).rejects.toThrow(
      /refuses the schema for trips\.rides-value: it isn't compatible with the one before \(READER_FIELD_MISSING\)\. npm run contracts:check/,
    );
  });

  test("one that is away: its address, and how to start it", async () => {
    const url = await serves();
    server.close();
    await expect(new SchemaRegistry({ url, patience: 0 }).byId(1)).rejects.toThrow(
      `${url} can't be had: ECONNREFUSED. On this machine npm run up starts it`,
    );
  });

  test("Ctrl-C ends the waiting", async () => {
    const stop = new AbortController();
    const registry = new SchemaRegistry({ url: await serves([503, {}]), signal: stop.signal, onWait: () => stop.abort() });
    await expect(registry.byId(1)).rejects.toThrow(/abort/i);
  });
});
