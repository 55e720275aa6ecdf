import { PlatformStack } from "../../stacks/platform-stack";
import { lifeCycle } from "./story";

lifeCycle({
  environment: "prod",
  name: "prod",
  destroyed: "when allowed",
  build: (app, name, configuration) => new PlatformStack(app, name, configuration),
});
