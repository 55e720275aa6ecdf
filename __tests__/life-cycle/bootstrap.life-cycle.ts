import { BootstrapStack } from "../../stacks/bootstrap-stack";
import { lifeCycle } from "./story";

for (const environment of ["dev", "prod"] as const) {
  lifeCycle({
    environment,
    name: `${environment}-bootstrap`,
    configurations: "__tests__/fixtures/everything",
    destroyed: "never",
    build: (app, name, configuration) => new BootstrapStack(app, name, configuration),
  });
}
