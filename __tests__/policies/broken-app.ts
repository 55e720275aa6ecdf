import { App } from "cdktf";
import { RulesBroken, synthesise } from "../../policies";
import { twoRules, twoStacks } from "./two-stacks";

// An app that breaks the rules, run by a test as a person would run it.
try {
  const app = new App();
  twoStacks(app);
  synthesise(app, twoRules);
} catch (error) {
  if (!(error instanceof RulesBroken)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
