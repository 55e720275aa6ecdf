import { contractJson } from "../../../contracts/render/contract-json";
import { defaultServices, landedTables } from "../../../contracts/tables";
import { compareContracts, worstEffect } from "../../../operations/contracts/compare";
import type { Contracts } from "../../../operations/contracts/contract";
import { effects } from "../../../operations/contracts/effects";

const fresh = (): any => JSON.parse(JSON.stringify(contractJson(landedTables, defaultServices, [])));

/** The changes that an edit of yellow's contract makes, as "kind where: worst effect". */
function after(edit: (yellow: any, contracts: any) => void): string[] {
  const edited = fresh();
  edit(edited.tables.yellow_trips, edited);
  return compareContracts(fresh() as Contracts, edited as Contracts).map(
    (change) => `${change.kind} ${change.where}: ${worstEffect(change)}`,
  );
}

const column = (yellow: any, name: string) => yellow.columns.find((one: any) => one.name === name);

test("descriptions are nobody's contract", () => {
  expect(after((yellow) => (column(yellow, "extra").description = "Other."))).toEqual([]);
});

test.each<[string, (yellow: any, contracts: any) => void, string]>([
  ["a new table", (_, all) => (all.tables.new_trips = { ...all.tables.zones, name: "new_trips" }), "tableAdded new_trips: additive"],
  ["a table less", (_, all) => delete all.tables.zones, "tableRemoved zones: destructive"],
  [
    "an optional column",
    (yellow) => yellow.columns.push({ name: "toll_id", type: "string", required: false, aliases: [] }),
    "optionalColumnAdded yellow_trips.toll_id: relaxing",
  ],
  [
    "a required column",
    (yellow) => yellow.columns.push({ name: "toll_id", type: "string", required: true, aliases: [] }),
    "requiredColumnAdded yellow_trips.toll_id: destructive",
  ],
  ["a column less", (yellow) => yellow.columns.pop(), "columnRemoved yellow_trips.cbd_congestion_fee: destructive"],
  ["another type", (yellow) => (column(yellow, "payment_type").type = "string"), "typeChanged yellow_trips.payment_type: destructive"],
  ["more digits", (yellow) => (column(yellow, "extra").precision = 14), "precisionChanged yellow_trips.extra: destructive"],
  ["required no more", (yellow) => (column(yellow, "total_amount").required = false), "madeOptional yellow_trips.total_amount: relaxing"],
  ["required now", (yellow) => (column(yellow, "extra").required = true), "madeRequired yellow_trips.extra: destructive"],
  ["an alias more", (yellow) => column(yellow, "extra").aliases.push("Extras"), "aliasAdded yellow_trips.extra: relaxing"],
  ["an alias less", (yellow) => column(yellow, "vendor_id").aliases.pop(), "aliasRemoved yellow_trips.vendor_id: destructive"],
  ["other clusters", (yellow) => yellow.clusterBy.pop(), "clusteringChanged yellow_trips: additive"],
  ["another partition", (yellow) => (yellow.partitionBy = null), "partitionChanged yellow_trips: destructive"],
  ["another key", (yellow) => yellow.primaryKey.push("vendor_id"), "primaryKeyChanged yellow_trips: additive"],
  ["a reference less", (yellow) => yellow.foreignKeys.pop(), "foreignKeysChanged yellow_trips: additive"],
  ["a column hidden", (yellow) => (column(yellow, "extra").policyTag = "driver_income"), "policyTagAdded yellow_trips.extra: destructive"],
  [
    "a column opened",
    (_, all) => delete column(all.tables.fhvhv_trips, "driver_pay").policyTag,
    "policyTagRemoved fhvhv_trips.driver_pay: relaxing",
  ],
  [
    "a column hidden from others",
    (_, all) => (column(all.tables.fhvhv_trips, "driver_pay").policyTag = "other"),
    "policyTagChanged fhvhv_trips.driver_pay: destructive",
  ],
  ["a service that fills a table", (_, all) => (all.tables.load_receipts.service = "boats"), "serviceGiven load_receipts: relaxing"],
  ["another service", (yellow) => (yellow.service = "boats"), "serviceChanged yellow_trips: destructive"],
  ["no service any more", (yellow) => (yellow.service = null), "serviceChanged yellow_trips: destructive"],
  ["a service by default", (_, all) => all.defaultServices.push("fhv"), "defaultServiceAdded service fhv: additive"],
  ["a service on demand", (_, all) => all.defaultServices.pop(), "defaultServiceRemoved service green: none"],
  [
    "a warning that rejects",
    (yellow) => (yellow.rules.find((rule: any) => rule.severity === "warn").severity = "reject"),
    "rejectRuleAdded yellow_trips, rule stray_pickup_month: destructive",
  ],
  [
    "a rejection that warns",
    (yellow) => (yellow.rules.find((rule: any) => rule.severity === "reject").severity = "warn"),
    "rejectRuleRemoved yellow_trips, rule pickup_far_from_file_month: relaxing",
  ],
])("%s", (_, edit, expected) => {
  expect(after(edit)).toEqual([expected]);
});

test("the first contracts loaded every service, and named no references", () => {
  const first = fresh();
  delete first.defaultServices;
  for (const table of Object.values<any>(first.tables)) delete table.foreignKeys;
  const changes = compareContracts(first as Contracts, fresh() as Contracts).map(({ kind, where }) => `${kind} ${where}`);

  expect(changes.filter((one) => one.startsWith("default"))).toEqual([
    "defaultServiceRemoved service fhv",
    "defaultServiceRemoved service fhvhv",
  ]);
  expect(changes).toContain("foreignKeysChanged yellow_trips");
});

test("a renamed column is one lost and one new: BigQuery replaces the table then", () => {
  const [added, removed] = compareContracts(
    fresh() as Contracts,
    edited((yellow) => (column(yellow, "extra").name = "surcharge")),
  );

  expect([added?.kind, removed?.kind]).toEqual(["optionalColumnAdded", "columnReplaced"]);
  expect(effects.columnReplaced.bigquery.how).toMatch(/table is replaced/);
});

function edited(edit: (yellow: any) => void): Contracts {
  const contracts = fresh();
  edit(contracts.tables.yellow_trips);
  return contracts as Contracts;
}
