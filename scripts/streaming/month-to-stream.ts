import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { countRides, STREAMED_SERVICES } from "../../pipelines/streaming/producer/rides";
import type { LocalSettings } from "../local-dev";

/** A larger month takes minutes, and is streamed when somebody asks for it. */
const MOST_RIDES = 1_000_000;

/** The month to stream, or why there is none. */
export type MonthToStream = { readonly month: string } | { readonly none: string };

/**
 * Which month is streamed.
 *
 * @param asked `YYYY-MM`, or `none`. @default - the newest one in the lake that has rides of a streamed service
 */
export async function monthToStream({ lake }: Pick<LocalSettings, "lake">, asked?: string): Promise<MonthToStream> {
  if (asked === "none") return { none: "left out by --stream none" };
  if (asked !== undefined) return { month: asked };
  const clean = fileURLToPath(lake.clean);
  const month = STREAMED_SERVICES.flatMap((service) => monthsOf(join(clean, service)))
    .sort()
    .at(-1);
  if (month === undefined) return { none: `there are no rides of ${STREAMED_SERVICES.join(" or ")}` };
  const rides = await countRides({ clean, month });
  if (rides <= MOST_RIDES) return { month };
  return { none: `${month} has ${rides.toLocaleString("en-US")} rides, which takes minutes: npm start -- --stream ${month}` };
}

function monthsOf(folder: string): string[] {
  try {
    return readdirSync(folder).flatMap((name) => /^month=(\d{4}-\d{2})$/.exec(name)?.slice(1) ?? []);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}
