import { PlatformStack } from "../../stacks/platform-stack";
import { lifeCycle } from "./story";

lifeCycle({
  environment: "dev",
  name: "dev",
  configurations: "__tests__/fixtures/pubsub",
  destroyed: "now",
  brief: true,
  build: (app, name, configuration) => new PlatformStack(app, name, configuration),
});
