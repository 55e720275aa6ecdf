import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import { type Comparison, compare, type ZoneHour } from "../../pipelines/streaming/comparison/zone-hour";

/** The stream's answer beside the batch's. */
export interface Answered extends Comparison {
  /** Whether the stream's answer is the one of an earlier run: nothing that it depends on has changed. */
  readonly unchanged: boolean;
}

/** How answers are come by. */
export interface Answering {
  /** File that keeps the stream's answer. */
  readonly receipt: string;

  /** Of all that the answer depends on. */
  readonly print: string;
  readonly stream: () => Promise<readonly ZoneHour[]>;
  readonly batch: () => Promise<readonly ZoneHour[]>;
}

const receiptSchema = z.object({
  print: z.string(),
  answer: z.readonly(z.array(z.object({ zoneId: z.number(), hour: z.string(), pickups: z.number(), revenueCents: z.number() }))),
});

/** Compares both, and streams only where no answer is kept for this print. Only an answer that is the batch's is kept. */
export async function answered({ receipt, print, stream, batch }: Answering): Promise<Answered> {
  const kept = answerIn(receipt, print);
  const answer = kept ?? (await stream());
  const comparison = compare(answer, await batch());
  // What differs is streamed again the next time: it may have been something in passing.
  if (!comparison.equal) rmSync(receipt, { force: true });
  else if (kept === undefined) keep(receipt, { print, answer });
  return { unchanged: kept !== undefined, ...comparison };
}

/** The answer as it was kept; undefined where something has changed since, or it can't be read. */
function answerIn(receipt: string, print: string): readonly ZoneHour[] | undefined {
  if (!existsSync(receipt)) return undefined;
  try {
    const kept = receiptSchema.parse(JSON.parse(readFileSync(receipt, "utf8")));
    return kept.print === print ? kept.answer : undefined;
  } catch {
    return undefined;
  }
}

function keep(receipt: string, content: z.infer<typeof receiptSchema>): void {
  mkdirSync(dirname(receipt), { recursive: true });
  writeFileSync(`${receipt}.new`, JSON.stringify(content));
  renameSync(`${receipt}.new`, receipt);
}
