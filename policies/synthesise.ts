import type { App } from "cdktf";
import type { RulePack } from "./rule-pack";
import { RulesBroken } from "./rules-broken";

/**
 * Synthesises an app under a rule pack; takes the place of `app.synth()`.
 *
 * Below cdktf's own commands nothing is thrown: they print the annotations of all stacks and stop by themselves.
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
}
