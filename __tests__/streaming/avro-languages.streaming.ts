import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { avroType, renderedSchema, type RideEvent, type ZoneHour } from "../../pipelines/streaming/avro/schemas";
import { fromWire, toWire } from "../../pipelines/streaming/avro/wire-format";
import { compileJava } from "../../scripts/streaming/compile-streams";
import { describeStreaming, tools } from "./tools";

const ROOT = join(__dirname, "../..");
const ID = 7;

const ride: RideEvent = {
  event_id: "0f3a",
  event_type: "ride",
  service: "yellow",
  pickup_zone_id: 132,
  dropoff_zone_id: 7,
  pickup_datetime: 1_583_020_800_000_001,
  dropoff_datetime: 1_583_024_399_999_999,
  fare_amount: 1250,
  total_amount: 99_999,
  produced_at: 1_795_401_667_402_999,
};

const rides: RideEvent[] = [
  ride,
  { ...ride, dropoff_zone_id: null, dropoff_datetime: null, fare_amount: null, total_amount: null },
  { ...ride, fare_amount: -250, total_amount: -1 },
  { ...ride, fare_amount: 0, total_amount: 128 },
  { ...ride, fare_amount: 999_999_999_999, total_amount: -999_999_999_999 },
  { ...ride, fare_amount: -128, total_amount: -129 },
  { ...ride, event_id: "Ünïcode 🚕", pickup_datetime: -1, produced_at: 1 },
];

const hour: ZoneHour = {
  pickup_zone_id: 264,
  borough: null,
  zone: null,
  window_start: 1_551_459_600_000_000,
  window_end: 1_551_463_200_000_000,
  pickups: 12,
  revenue: -12_345,
  ride_produced_at: 1_795_401_667_402_999,
  updated_at: 1_795_401_667_403_000,
};

/** Reads what others wrote, and writes what others read: JSON by line, bytes as hexadecimal digits by line. */
interface Language {
  readonly name: string;
  readonly write: (schema: string, values: readonly object[]) => Promise<string[]>;
  readonly read: (schema: string, lines: readonly string[]) => Promise<unknown[]>;
}

describeStreaming("every language decodes the others' bytes", () => {
  const folder = mkdtempSync(join(tmpdir(), "avro-languages-"));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  beforeAll(async () => {
    const [sources, classes] = [join(folder, "java"), join(folder, "classes")];
    mkdirSync(sources);
    cpSync(join(__dirname, "avro-languages/Wire.java"), join(sources, "Wire.java"));
    await compileJava(tools(), { sources, classes });
  });

  const python = join(ROOT, ".embedded/python/data/bin/python");
  const languages: Language[] = [
    {
      name: "TypeScript",
      write: (schema, values) => {
        const type = avroType(renderedSchema(schema as "ride_event"));
        return Promise.resolve(values.map((value) => toWire(type, ID, value).toString("hex")));
      },
      read: (schema, lines) => {
        const type = avroType(renderedSchema(schema as "ride_event"));
        return Promise.resolve(lines.map((line) => type.fromBuffer(fromWire(Buffer.from(line, "hex")).body) as unknown));
      },
    },
    program("Java", () => [
      tools().java,
      "-Xmx128m",
      "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
      "-cp",
      `${join(folder, "classes")}:${tools().libs}/*`,
      "Wire",
    ]),
    program("Python", () => [python, join(__dirname, "avro-languages/wire.py")]),
  ];

  const pairs = languages.flatMap((writer) => languages.map((reader) => [writer.name, reader.name, writer, reader] as const));

  test.each(pairs)("%s to %s", async (_writer, _reader, writer, reader) => {
    expect(await reader.read("ride_event", await writer.write("ride_event", rides))).toEqual(rides);
    expect(await reader.read("zone_hour", await writer.write("zone_hour", [hour]))).toEqual([hour]);
  });

  // Python's fastavro writes -128 as ff80 where one byte would do, which is Avro all the same.
  test("Java and TypeScript write the same bytes", async () => {
    const [typescript, java] = await Promise.all(languages.slice(0, 2).map((language) => language.write("ride_event", rides)));
    expect(typescript).toEqual(java);
  });
});

/** A language whose reader and writer are a program. */
function program(name: string, command: () => readonly string[]): Language {
  const lines = async (mode: string, schema: string, input: readonly string[]): Promise<string[]> => {
    const [file = "", ...args] = command();
    const child = spawn(file, [...args, mode, join(ROOT, "contracts/generated/avro", `${schema}.avsc`)]);
    const [output, errors]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => errors.push(chunk));
    const ended = new Promise<number | null>((done) => child.on("close", done));
    child.stdin.end(input.map((line) => `${line}\n`).join(""));
    if ((await ended) !== 0) throw new Error(`${name}: ${Buffer.concat(errors).toString()}`);
    return Buffer.concat(output).toString().trimEnd().split("\n");
  };
  return {
    name,
    write: (schema, values) =>
      lines(
        "write",
        schema,
        values.map((value) => JSON.stringify(value)),
      ),
    read: async (schema, input) => (await lines("read", schema, input)).map((line) => JSON.parse(line) as unknown),
  };
}
