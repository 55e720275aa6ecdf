import { PlatformStack } from "../../stacks/platform-stack";
import { lifeCycle } from "./story";

lifeCycle({
  environment: "dev",
  name: "dev",
  destroyed: "now",
  build: (app, name, configuration) => new PlatformStack(app, name, configuration),
});
