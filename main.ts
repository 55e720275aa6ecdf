import { App } from "cdktf";
import { ConfigurationError } from "./config/configuration-error";
import { loadConfigurations } from "./config/load";
import { PlatformStack } from "./stacks/platform-stack";

try {
  const app = new App();
  for (const configuration of loadConfigurations()) new PlatformStack(app, configuration.name, configuration);
  app.synth();
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  console.error(`\nThe configuration needs mending:\n${error.problems.map((problem) => `  ${problem}`).join("\n")}\n`);
  process.exitCode = 1;
}
