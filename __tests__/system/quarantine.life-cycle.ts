import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { ScratchProject } from "./scratch-project";

jest.setTimeout(300_000);

const HEADER =
  "VendorID,tpep_pickup_datetime,tpep_dropoff_datetime,passenger_count,trip_distance,RatecodeID,store_and_fwd_flag,PULocationID," +
  "DOLocationID,payment_type,fare_amount,extra,mta_tax,tip_amount,tolls_amount,improvement_surcharge,total_amount,congestion_surcharge";
const row = (minute: number) =>
  `1,2019-01-15 03:${String(minute).padStart(2, "0")}:12,2019-01-15 04:00:00,1,1.0,1,N,230,48,1,6.5,0.5,0.5,1.95,0.0,0.3,9.75,`;
const good = Array.from({ length: 58 }, (_, minute) => row(minute));
const withoutZone = row(58).replace(",N,230,", ",N,,");
const longBefore = row(59).replace("2019-01-15 03:", "2018-10-15 03:");
const month = ["--service", "yellow", "--month", "2019-01"];

let project: ScratchProject;

/** What a command found, for programs. */
const asked = async (...args: string[]): Promise<any> => {
  const { code, output } = await project.command("quarantine", ...args, "--json");
  expect({ code, output }).toMatchObject({ code: 0 });
  return JSON.parse(output);
};

beforeAll(async () => {
  project = await ScratchProject.create();
});

afterAll(async () => {
  await project.remove();
});

// One story in order: each part needs what the one before it left.
describe("npm run quarantine", () => {
  test("says what to do as long as nothing is deployed", async () => {
    const { code, output } = await project.command("quarantine", "list");

    expect(code).toBe(1);
    expect(output).toContain("Nothing is deployed to this machine yet: run npm start.");
  });

  test("list counts what a month had rejected, by reason", async () => {
    mkdirSync(project.path("tlc"));
    writeFileSync(project.path("tlc/yellow_tripdata_2019-01.csv"), `${[HEADER, ...good, withoutZone, longBefore].join("\n")}\n`);
    const { code, output } = await project.command("start", "--data", project.path("tlc"), "--stream", "none");
    expect({ code, output }).toMatchObject({ code: 0 });

    const listed = await project.command("quarantine", "list", "--service", "yellow");

    expect(listed.code).toBe(0);
    expect(listed.output).toMatch(/yellow +2019-01 +\w+ +60 +2 +3\.33% +missing:pickup_zone_id 1, pickup_far_from_file_month 1/);
  });

  test("explain shows each rejected row as it came, with what is wrong with it", async () => {
    const { rows } = await asked("explain", ...month);
    const one = await project.command("quarantine", "explain", ...month, "--reason", "missing");

    expect(rows.map(({ raw }: any) => [raw.PULocationID, raw.tpep_pickup_datetime])).toEqual([
      [null, "2019-01-15 03:58:12"],
      ["230", "2018-10-15 03:59:12"],
    ]);
    expect(one.output).toMatch(/2 of 60 rows of yellow_tripdata_2019-01\.csv are rejected[^]*row 59: missing:pickup_zone_id/);
    expect(one.output).not.toMatch(/row 60/);
  });

  test("replay reads the month again by a contract that was changed, and loads it into every store", async () => {
    const rules = project.path("contracts/tables/trip-columns.ts");
    const strict = readFileSync(rules, "utf8");
    writeFileSync(rules, strict.replace("days: 31", "days: 100"));
    expect(readFileSync(rules, "utf8")).not.toEqual(strict);
    expect(await project.command("generate")).toMatchObject({ code: 0 });

    const replayed = await project.command("quarantine", "replay", ...month);

    expect({ replayed }).toMatchObject({ replayed: { code: 0 } });
    expect(replayed.output).toMatch(/accepted +58 +59\n/);
    expect(replayed.output).toMatch(/rejection: pickup_far_from_file_month +1 +0\n/);
    expect(replayed.output).toContain("Marts and dashboard follow with the next run: npm run pipelines -- dev --source lake");
    expect((await asked("list", "--service", "yellow"))[0].reasons).toEqual({ "missing:pickup_zone_id": 1 });
  });

  test("the next run has nothing to load of it, and brings it into the marts", async () => {
    const { code, output } = await project.command("pipelines", "dev", "--source", "lake");

    expect({ code, output }).toMatchObject({ code: 0 });
    expect(output).toMatch(/^yellow +2019-01 +60 +59 +\d+ +1 +59 +59 +59 .* unchanged$/m);
  });

  test.each([
    [["explain", "--service", "yellow", "--month", "2019-02"], /2019-02/],
    [["explain", ...month, "--reason", "uncastable"], /no row of yellow 2019-01 was rejected for 'uncastable'/],
    [["explain", "--service", "blue", "--month", "2019-01"], /--service: there is no service "blue"/],
    [["list", "--month", "January"], /--month: expected a month such as 2024-01/],
    [["forget"], /Say what to do: list, explain, replay\./],
  ])("%j is refused in words", async (args, message) => {
    const { code, output } = await project.command("quarantine", ...args);

    expect(code).toBe(1);
    expect(output).toMatch(message);
    expect(output).not.toMatch(/^ +at |Traceback/m);
  });
});
