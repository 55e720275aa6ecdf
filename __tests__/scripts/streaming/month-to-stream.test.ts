import { DuckDBInstance } from "@duckdb/node-api";
import { mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { monthToStream } from "../../../scripts/streaming/month-to-stream";

/** A lake with files of so many rows each. */
async function lakeWith(files: Readonly<Record<string, number>>) {
  const folder = mkdtempSync(join(tmpdir(), "month-to-stream-"));
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  for (const [path, rows] of Object.entries(files)) {
    mkdirSync(join(folder, path), { recursive: true });
    await connection.run(`copy (select range as trip_id from range(${String(rows)})) to '${join(folder, path, "trips.parquet")}'`);
  }
  connection.closeSync();
  instance.closeSync();
  return { lake: { raw: "", clean: pathToFileURL(folder).href, quarantine: "" } };
}

test("the newest month of a service whose rides are events", async () => {
  const settings = await lakeWith({ "yellow/month=2024-01": 1, "green/month=2024-02": 1, "fhv/month=2024-03": 1 });
  expect(await monthToStream(settings)).toEqual({ month: "2024-02" });
});

test("a large month only when it is asked for", async () => {
  const settings = await lakeWith({ "yellow/month=2024-01": 600_000, "green/month=2024-01": 400_001 });
  expect(await monthToStream(settings)).toEqual({
    none: "2024-01 has 1,000,001 rides, which takes minutes: npm start -- --stream 2024-01",
  });
  expect(await monthToStream(settings, "2024-01")).toEqual({ month: "2024-01" });
});

test("none where it is left out, or there is nothing to stream", async () => {
  const settings = await lakeWith({ "fhv/month=2024-03": 1 });
  expect(await monthToStream(settings, "none")).toEqual({ none: "left out by --stream none" });
  expect(await monthToStream(settings)).toEqual({ none: "there are no rides of yellow or green" });
});
