import { join } from "node:path";
import { Lake } from "../../../constructs/lake/lake";
import { Dataset } from "../../../constructs/warehouse/dataset";
import { StreamTable } from "../../../constructs/warehouse/stream-table";
import { rideEvent } from "../../../contracts/events";
import { dev, only, resources, synth } from "../synth";
import { emptyParquetFolder } from "./empty-parquet-folder";

const deploy = () =>
  synth((stack) => {
    new StreamTable(stack, "rides", {
      environment: dev,
      dataset: new Dataset(stack, "lake-data", { environment: dev, datasetId: "trips_lake", description: "External tables." }),
      name: "rides_stream",
      event: rideEvent,
      idField: "event_id",
      sentField: "produced_at",
      bucket: new Lake(stack, "lake", { environment: dev }).clean,
      folder: "rides_stream/rides",
      emptyParquet: join(emptyParquetFolder, "ride_event.parquet"),
    });
  });

const tables = (json: any) => Object.fromEntries(resources(json, "google_bigquery_table").map((table) => [table.table_id, table]));

describe("StreamTable", () => {
  test("reads what a sink writes by the hour, once an object without rows lies there", () => {
    const json = deploy();

    expect(only(json, "google_storage_bucket_object")).toMatchObject({ name: "rides_stream/rides/hour=0000-00-00T00/empty.parquet" });
    const { rides_stream_files: files } = tables(json);
    expect(files.depends_on).toEqual([expect.stringMatching(/^google_storage_bucket_object\./)]);
    expect(files.external_data_configuration.source_uris[0]).toMatch(/\/rides_stream\/rides\/\*$/);
    expect(files.external_data_configuration.hive_partitioning_options.source_uri_prefix).toMatch(
      /\/rides_stream\/rides\/\{hour:STRING\}$/,
    );
  });

  test("a view has each event once, and is made after the table that it names", () => {
    const { rides_stream: view } = tables(deploy());

    expect(view.view.query).toMatch(/partition by hour, event_id order by produced_at\) = 1$/);
    expect(view.view.query).toMatch(
      /^from `acme-dev\.\$\{google_bigquery_table\.\w+\.dataset_id\}\.\$\{google_bigquery_table\.\w+\.table_id\}`$/m,
    );
  });
});
