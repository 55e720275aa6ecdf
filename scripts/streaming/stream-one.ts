import type { LocalSettings } from "../local-dev";
import { CommandError } from "../terminal/failure";
import { step } from "../terminal/steps";
import { monthToStream } from "./month-to-stream";
import { streamMonth } from "./stream-month";
import { streamReport } from "./stream-report";

/** A line for the report, and what went wrong, if anything did: the batch's report is shown before it is thrown. */
export interface StreamOutcome {
  readonly line: string;
  readonly error?: Error;
}

/** Streams a month as `npm start` does. @param asked see {@link monthToStream} */
export async function streamOne(settings: LocalSettings, asked: string | undefined, signal: AbortSignal): Promise<StreamOutcome> {
  const chosen = await monthToStream(settings, asked);
  if ("none" in chosen) return { line: `none: ${chosen.none}` };
  try {
    const streamed = await step(
      `Stream ${chosen.month}`,
      (say) => streamMonth(chosen.month, settings, say, signal),
      ({ unchanged, equal }) => (equal ? (unchanged ? "unchanged" : "equal to the batch") : "DIFFERS from the batch"),
      ({ equal }) => !equal,
    );
    const line = streamReport(streamed);
    if (streamed.equal) return { line };
    return { line, error: new CommandError(`The stream's answer isn't the batch's.\n  ${streamed.differences.join("\n  ")}`) };
  } catch (error) {
    if (signal.aborted) throw error;
    return { line: "failed, see below", error: error as Error };
  }
}
