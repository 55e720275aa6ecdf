import { type Schema, Type } from "avsc";
import { contractJson } from "../../../contracts/render/contract-json";
import { avroSchema } from "../../../contracts/render/avro";
import { streamedEvents } from "../../../contracts/events";
import type { Event } from "../../../contracts/model/event";
import { compareEvents } from "../../../operations/contracts/compare-events";
import { worstOf } from "../../../operations/contracts/compare";
import type { Contracts } from "../../../operations/contracts/contract";
import { eventEffects } from "../../../operations/contracts/event-effects";

const fresh = (): any => JSON.parse(JSON.stringify(contractJson([], [], streamedEvents)));
const field = (event: any, name: string) => event.fields.find((one: any) => one.name === name);

/** The contracts after an edit of the ride's. */
function edited(edit: (ride: any, contracts: any) => void): any {
  const contracts = fresh();
  edit(contracts.events.ride_event, contracts);
  return contracts;
}

type Edit = (ride: any, contracts: any) => void;
const edits: [string, Edit, string][] = [
  [
    "an optional field",
    (ride) => ride.fields.push({ name: "tip", type: "decimal", precision: 12, scale: 2, required: false }),
    "optionalFieldAdded ride_event.tip: additive",
  ],
  [
    "a required field, which has no default",
    (ride) => ride.fields.push({ name: "driver", type: "string", required: true }),
    "requiredFieldAdded ride_event.driver: destructive",
  ],
  ["an optional field less", (ride) => ride.fields.splice(7, 1), "optionalFieldRemoved ride_event.fare_amount: destructive"],
  [
    "a required field less, which has no default",
    (ride) => ride.fields.splice(2, 1),
    "requiredFieldRemoved ride_event.service: destructive",
  ],
  ["another type", (ride) => (field(ride, "service").type = "integer"), "fieldTypeChanged ride_event.service: destructive"],
  [
    "a clock of another kind",
    (ride) => (field(ride, "produced_at").type = "string"),
    "fieldTypeChanged ride_event.produced_at: destructive",
  ],
  ["more digits", (ride) => (field(ride, "total_amount").precision = 14), "fieldTypeChanged ride_event.total_amount: destructive"],
  ["a field that may be null now", (ride) => (field(ride, "service").required = false), "fieldMadeOptional ride_event.service: relaxing"],
  [
    "a field that may not be null any more",
    (ride) => (field(ride, "fare_amount").required = true),
    "fieldMadeRequired ride_event.fare_amount: destructive",
  ],
];

test.each<[string, Edit, string]>([
  ...edits,
  ["another key", (ride) => (ride.key = "event_id"), "eventKeyChanged ride_event: destructive"],
  ["another time", (ride) => (ride.time = "produced_at"), "eventTimeChanged ride_event: destructive"],
  ["a new event", (ride, all) => (all.events.tip_event = { ...ride, name: "tip_event" }), "eventAdded tip_event: additive"],
  ["an event less", (_, all) => delete all.events.ride_event, "eventRemoved ride_event: destructive"],
])("%s", (_, edit, expected) => {
  const changes = compareEvents(fresh() as Contracts, edited(edit) as Contracts);

  expect(changes.map((change) => `${change.kind} ${change.where}: ${worstOf(eventEffects[change.kind])}`)).toEqual([expected]);
});

test("descriptions and the order of fields are nobody's contract", () => {
  expect(
    compareEvents(
      fresh() as Contracts,
      edited((ride) => (ride.fields.reverse(), (field(ride, "service").description = "Other."))) as Contracts,
    ),
  ).toEqual([]);
});

test("the first contracts had no events", () => {
  expect(compareEvents({ tables: {} }, fresh() as Contracts).map(({ kind }) => kind)).toEqual(streamedEvents.map(() => "eventAdded"));
});

test("what is destructive says what to do instead", () => {
  for (const effects of Object.values(eventEffects)) {
    for (const effect of Object.values(effects))
      expect(effect.effect === "destructive" ? effect.how : "nothing").toMatch(/\w+ \w+|nothing/);
  }
});

describe("the verdict on reading is Avro's own", () => {
  const avroType = (contracts: any): Type => Type.forSchema(avroSchema(contracts.events.ride_event as Event) as Schema);
  /** Whether a reader with one schema reads what was written by the other, by a well-kept library. */
  const reads = (reader: any, writer: any): boolean => {
    try {
      avroType(reader).createResolver(avroType(writer));
      return true;
    } catch {
      return false;
    }
  };

  // A decimal's digits and a time's kind stand in attributes that this library doesn't compare: Java's and the registry's do.
  test.each(edits.filter(([name]) => name !== "more digits"))("%s", (_, edit) => {
    const [old, young] = [fresh(), edited(edit)];
    const [change] = compareEvents(old as Contracts, young as Contracts);
    const effects = eventEffects[change!.kind];

    expect({ "new readers": effects["new readers"].effect !== "destructive" }).toEqual({ "new readers": reads(young, old) });
    expect(["destructive", "relaxing"].includes(effects["old readers"].effect)).toBe(!reads(old, young));
  });
});
