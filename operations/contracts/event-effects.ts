import type { EngineEffect } from "./effects";

/**
 * Where an event's change arrives: readers with the new schema (what a registry asks about by BACKWARD: can they read what was written
 * before?), readers that still have the old one, and the warehouse's table of events.
 */
export const eventEngines = ["new readers", "old readers", "bigquery"] as const;

export type EventEngine = (typeof eventEngines)[number];

/** By engine. */
export type EventEffects = Readonly<Record<EventEngine, EngineEffect>>;

const none: EngineEffect = { effect: "none" };
const additive: EngineEffect = { effect: "additive" };
const relaxing: EngineEffect = { effect: "relaxing" };
const destructive = (how: string): EngineEffect => ({ effect: "destructive", how });

const dropped = destructive("the column is dropped, with what it holds");
const newEvent = "declare another event beside this one (its topic gets both until the old one's readers are gone)";

/**
 * What each kind of change does, by Avro's rules for reading what was written by another schema.
 *
 * @see https://avro.apache.org/docs/1.12.0/specification/#schema-resolution
 */
export const eventEffects = {
  eventAdded: { "new readers": additive, "old readers": none, bigquery: additive },
  eventRemoved: {
    "new readers": destructive("what lies in its topic can't be read any more: keep the event until its retention is over"),
    "old readers": none,
    bigquery: destructive("its table is destroyed"),
  },
  optionalFieldAdded: { "new readers": additive, "old readers": none, bigquery: additive },
  requiredFieldAdded: {
    "new readers": destructive(
      "what was written before has no such field, and there is no default: leave `required` out, so that it is null there",
    ),
    "old readers": none,
    bigquery: additive,
  },
  optionalFieldRemoved: { "new readers": none, "old readers": none, bigquery: dropped },
  requiredFieldRemoved: {
    "new readers": none,
    "old readers": destructive(
      "they want the field and have no default: make it optional first, remove it once every reader has that version",
    ),
    bigquery: dropped,
  },
  fieldTypeChanged: {
    "new readers": destructive(
      `what was written before can't be read as the new type: add an optional field under another name, or ${newEvent}`,
    ),
    "old readers": destructive("what is written from now on can't be read as the old type"),
    bigquery: destructive("the table is replaced"),
  },
  fieldMadeOptional: {
    "new readers": relaxing,
    "old readers": { effect: "relaxing", how: "they can't read null: bring the readers up to date before anybody writes it" },
    bigquery: none,
  },
  fieldMadeRequired: {
    "new readers": destructive("what was written before may be null: leave it optional, and check it where it is read"),
    "old readers": none,
    bigquery: none,
  },
  eventKeyChanged: {
    "new readers": destructive(`the order and the partition of what was written before are by the old key: ${newEvent}`),
    "old readers": destructive("their tables and windows are by the old key"),
    bigquery: { effect: "additive", how: "clustered anew" },
  },
  eventTimeChanged: {
    "new readers": destructive(`what was written before lies in windows by the old time: ${newEvent}`),
    "old readers": destructive("their windows are by the old time"),
    bigquery: destructive("the table is replaced: it is partitioned by the time"),
  },
} satisfies Record<string, EventEffects>;

/** A kind of change of an event. */
export type EventChangeKind = keyof typeof eventEffects;
