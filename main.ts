import { App } from "cdktf";
import { ConfigurationError } from "./config/configuration-error";
import { loadConfigurations } from "./config/load";
import { RulesBroken, synthesise } from "./policies";
import { BootstrapStack } from "./stacks/bootstrap-stack";
import { PlatformStack } from "./stacks/platform-stack";
import { rulePack } from "./stacks/rule-pack";

// cdktf takes a stack trace of every construct, and looking each up in source maps costs a quarter of the synthesis.
process.setSourceMapsEnabled(false);

try {
  const app = new App();
  const configurations = loadConfigurations();
  for (const configuration of configurations) {
    new BootstrapStack(app, `${configuration.name}-bootstrap`, configuration);
    new PlatformStack(app, configuration.name, configuration);
  }
  synthesise(app, rulePack(configurations));
} catch (error) {
  if (error instanceof ConfigurationError) {
    console.error(`\nThe configuration needs mending:\n${error.problems.map((problem) => `  ${problem}`).join("\n")}\n`);
  } else if (error instanceof RulesBroken) console.error(`\n${error.message}\n`);
  else throw error;
  process.exitCode = 1;
}
