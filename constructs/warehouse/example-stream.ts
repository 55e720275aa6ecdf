import type { TerraformStack } from "cdktf";
import { join } from "node:path";
import { rideEvent } from "../../contracts/events";
import type { Environment } from "../environment/environment";
import { Lake } from "../lake/lake";
import { Dataset } from "./dataset";
import { StreamTable } from "./stream-table";

/** Rides that a sink writes to the lake as they happen, in a table over its files and a view that has each once. */
export function example(stack: TerraformStack, environment: Environment): void {
  const lake = new Lake(stack, "lake", { environment });

  new StreamTable(stack, "rides", {
    environment,
    dataset: new Dataset(stack, "streamed", {
      environment,
      datasetId: "trips_streamed",
      description: "External tables over streamed files.",
    }),
    name: "rides",
    event: rideEvent,
    idField: "event_id",
    sentField: "produced_at",
    bucket: lake.clean,
    folder: "rides_stream/rides",
    emptyParquet: join(__dirname, "../../contracts/generated/parquet/ride_event.parquet"),
  });
}
