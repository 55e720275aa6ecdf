import type { Column } from "./column";
import type { NamedColumn } from "./table";

/** What an event's contract says. */
export interface EventOptions {
  /** What one event is. */
  readonly description: string;

  /** In the order in which they are written. A field that isn't required may be null, which is its default. */
  readonly fields: Readonly<Record<string, Column>>;

  /** Field by which events are kept in order, and by which they are spread over partitions. */
  readonly key: string;

  /** Field that says when it happened: windows and partitions of tables go by it. */
  readonly time: string;
}

/** One kind of event, typed once for every language and engine. */
export interface Event {
  readonly name: string;
  readonly description: string;
  readonly fields: readonly NamedColumn[];
  readonly key: string;
  readonly time: string;
}

/**
 * Declares an event.
 *
 * @throws Error when a name is no lower-case identifier, or key or time is no field that every event has.
 */
export function event(name: string, { description, fields, key, time }: EventOptions): Event {
  const declared = Object.entries(fields).map(([field, column]) => ({ name: field, ...column }));
  const complain = (what: string): never => {
    throw new Error(`Event "${name}": ${what}`);
  };
  for (const each of [name, ...declared.map((field) => field.name)]) {
    if (!/^[a-z][a-z0-9_]{0,62}$/.test(each)) complain(`"${each}" is not a lower-case identifier of at most 63 characters.`);
  }
  for (const [what, field] of Object.entries({ key, time })) {
    if (fields[field]?.required !== true) complain(`its ${what} is "${field}", which must be a required field.`);
  }
  if (fields[time]?.type !== "local_datetime" && fields[time]?.type !== "instant") complain(`its time "${time}" must be a point in time.`);
  return { name, description, fields: declared, key, time };
}
