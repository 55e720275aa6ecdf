import { z } from "zod";

const cron = z.string().regex(/^\d{1,2}( [\d*,/-]+){4}$/, "minute, hour, day, month and weekday such as 0 20 * * *, at most once an hour");

const timeZone = z.string().refine((name) => {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).format() !== "";
  } catch {
    return false;
  }
}, "a name of the tz database such as Europe/Brussels");

/**
 * When machines are off.
 *
 * @param what Describes the switch, e.g. `Whether the machine is switched off at night.`
 */
export const nights = (what: string) =>
  z.strictObject({
    enabled: z.boolean().default(false).describe(`${what} Off it costs its disks only. Needs project.number.`),
    stop: cron.default("0 20 * * *").describe("When it is switched off, in cron's form."),
    start: z
      .union([cron, z.literal("")])
      .default("0 7 * * 1-5")
      .describe(
        "When it is switched on again, at least 15 minutes from stop; an empty text for never, so that whoever needs it starts it.",
      ),
    timeZone: timeZone.default("UTC").describe("Whose clock it is, e.g. Europe/Brussels."),
  });
