import { z } from "zod";
import { environmentFile } from "./schema";

/** JSON Schema of an environment's file, by which editors complete and check it. */
export const configurationJsonSchema = () => ({
  title: "Environment of the trips platform",
  ...z.toJSONSchema(environmentFile, { io: "input" }),
});
