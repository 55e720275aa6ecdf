import type { Column, Contracts, Event } from "./contract";
import { typeName } from "./compare-columns";
import type { EventChangeKind } from "./event-effects";

/** One difference between two versions of an event. */
export interface EventChange {
  readonly kind: EventChangeKind;

  /** `ride_event`, or `ride_event.fare_amount`. */
  readonly where: string;

  /** What changed, e.g. `integer → string`. */
  readonly what: string;
}

/** All differences between the events of two versions; those that are gone come last. The first contracts had none. */
export function compareEvents({ events: before = {} }: Contracts, { events: after = {} }: Contracts): EventChange[] {
  const changed = Object.values(after).flatMap((event): EventChange[] => {
    const old = before[event.name];
    return old ? compareEvent(old, event) : [{ kind: "eventAdded", where: event.name, what: "new event" }];
  });
  const removed = Object.keys(before).filter((name) => !(name in after));
  return [...changed, ...removed.map((where): EventChange => ({ kind: "eventRemoved", where, what: "event removed" }))];
}

function compareEvent(old: Event, young: Event): EventChange[] {
  const where = young.name;
  return [
    ...different("eventKeyChanged", where, `key ${old.key} → ${young.key}`, old.key !== young.key),
    ...different("eventTimeChanged", where, `time ${old.time} → ${young.time}`, old.time !== young.time),
    ...compareFields(where, old.fields, young.fields),
  ];
}

function compareFields(event: string, old: readonly Column[], young: readonly Column[]): EventChange[] {
  const before = new Map(old.map((field) => [field.name, field]));
  const after = new Set(young.map(({ name }) => name));
  return [
    ...young.flatMap((field): EventChange[] => {
      const where = `${event}.${field.name}`;
      const same = before.get(field.name);
      if (same) return compareField(where, same, field);
      return [{ kind: field.required ? "requiredFieldAdded" : "optionalFieldAdded", where, what: "new field" }];
    }),
    ...old
      .filter(({ name }) => !after.has(name))
      .map(({ name, required }): EventChange => ({
        kind: required ? "requiredFieldRemoved" : "optionalFieldRemoved",
        where: `${event}.${name}`,
        what: "field removed",
      })),
  ];
}

function compareField(where: string, old: Column, young: Column): EventChange[] {
  const required = young.required ? "fieldMadeRequired" : "fieldMadeOptional";
  return [
    ...different("fieldTypeChanged", where, `${typeName(old)} → ${typeName(young)}`, typeName(old) !== typeName(young)),
    ...different(required, where, young.required ? "required" : "optional", old.required !== young.required),
  ];
}

const different = (kind: EventChangeKind, where: string, what: string, isDifferent: boolean): EventChange[] =>
  isDifferent ? [{ kind, where, what }] : [];
