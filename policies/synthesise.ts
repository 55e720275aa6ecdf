import { AnnotationMetadataEntryType, type App } from "cdktf";
import type { RulePack } from "./rule-pack";
import { RulesBroken } from "./rules-broken";

/**
 * Synthesises an app under a rule pack; takes the place of `app.synth()`. Warnings go to stderr.
 *
 * Below cdktf's own commands nothing is thrown or printed: they print the annotations of all stacks and stop by themselves.
 *
 * @throws RulesBroken naming what is wrong in all stacks, when the app runs on its own (`node main.ts`).
 */
export function synthesise(app: App, pack: RulePack): void {
  pack.addTo(app);
  try {
    app.synth();
  } catch (error) {
    if (!(error instanceof Error && error.message.startsWith("Encountered Annotations"))) throw error;
    // The first stack with an error has stopped the synthesis: the others are asked here.
    const errors = pack.findings(app).filter(({ severity }) => severity === "error");
    throw errors.length === 0 ? error : new RulesBroken(errors);
  }
  if (!isBelowCdktf()) for (const warning of warningsOf(app)) console.warn(`Warning: ${warning}`);
}

function warningsOf(app: App): string[] {
  const metadata = app.node.findAll().flatMap(({ node }) => node.metadata);
  return metadata.filter(({ type }) => type === String(AnnotationMetadataEntryType.WARN)).map(({ data }) => String(data));
}

/** cdktf's commands tell the app to go on at an error, since they judge annotations themselves. */
const isBelowCdktf = (): boolean => process.env.CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS !== undefined;
