import { join, relative } from "node:path";
import { parsedLine } from "../terminal/command-line";
import type { Configuration } from "../../config/configuration";
import { loadConfigurations } from "../../config/load";
import { defaultCredentials } from "../../operations/google/credentials";
import { GoogleApi } from "../../operations/google/google-api";
import { cloudBuilder } from "../../operations/image/cloud-build";
import { dockerAnswers, dockerBuilder } from "../../operations/image/docker";
import { imageSource } from "../../operations/image/image-source";
import { byDigest, imageTarget, tagged } from "../../operations/image/image-target";
import { digestOf } from "../../operations/image/registry";
import { writeImage } from "../../operations/image/write-image";
import { root } from "../local-dev";
import { CommandError, runCommand } from "../terminal/failure";
import { step } from "../terminal/steps";
import { usageOf } from "../terminal/usage";

const usage = usageOf("image");

/** `npm run image`. */
void runCommand(async (signal) => {
  const { values, environment } = parsedLine(
    process.argv.slice(2),
    {
      "dry-run": { type: "boolean" },
      "cloud-build": { type: "boolean" },
    },
    usage,
  );
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const { name, project, location } = environmentOf(environment);
  const source = imageSource(join(root, "pipelines/environments"));
  const target = imageTarget(project.id, location);
  const tag = tagged(target, source.hash);
  const here = !values["cloud-build"] && (await dockerAnswers(signal));
  if (values["dry-run"]) {
    console.log(
      `Unless it is there, ${tag} would be built ${here ? "by Docker on this machine" : "by Cloud Build"}, and written into config/${name}.yaml by its digest.`,
    );
    return 0;
  }
  const credentials = await defaultCredentials();
  const google = new GoogleApi({ credentials, signal, endpoint: process.env.GOOGLE_API_ENDPOINT });
  const builder = here ? dockerBuilder(credentials) : cloudBuilder(google, target);
  const there = await step(
    "Look into the registry",
    () => digestOf(google, target, source.hash),
    (digest) => digest ?? `${source.hash} isn't there`,
  );
  if (there === undefined)
    await step(
      `Build and push the image`,
      (say) => builder.build(source, tag, say, signal),
      () => `${tag}, ${builder.how}`,
    );
  const digest = there ?? (await digestOf(google, target, source.hash));
  if (digest === undefined) throw new CommandError(`${tag} was pushed, but isn't in the registry: repeat the command.`);
  return written(name, byDigest(target, digest));
});

function written(environment: string, image: string): number {
  const file = join(root, "config", `${environment}.yaml`);
  const done = writeImage(file, image);
  console.log(
    `${image}\n${done === "changed" ? "Written into" : "As it stands in"} ${relative(process.cwd(), file)}. Next: npm run deploy -- ${environment}`,
  );
  return 0;
}

function environmentOf(name: string | undefined): Configuration {
  const configurations = loadConfigurations();
  const found = configurations.find((one) => one.name === name);
  if (!found) throw new CommandError(`Name the environment: ${configurations.map((one) => one.name).join(" or ")}.\n\n${usage}`);
  const [missing] = found.project.missing.filter(({ setting }) => setting === "project.id");
  if (missing)
    throw new CommandError(
      `No Google project is set for "${found.name}": set project.id in config/${found.name}.yaml, or the variable ${missing.variable}.`,
    );
  if (!found.security.registry.formats.includes("docker")) {
    throw new CommandError(
      `"${found.name}" has no registry for images: write docker into security.registry.formats in config/${found.name}.yaml, and deploy.`,
    );
  }
  return found;
}
