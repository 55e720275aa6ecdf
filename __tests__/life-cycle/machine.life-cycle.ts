import { PlatformStack } from "../../stacks/platform-stack";
import { lifeCycle } from "./story";

/** Airflow on a machine, in place of Composer. */
lifeCycle({
  environment: "dev",
  name: "dev",
  configurations: "__tests__/fixtures/machine",
  destroyed: "now",
  build: (app, name, configuration) => new PlatformStack(app, name, configuration),
});
