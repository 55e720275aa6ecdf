import { App } from "cdktf";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { parse, stringify } from "yaml";
import type { Configuration } from "../../config/configuration";
import { loadConfigurations } from "../../config/load";
import { ensurePasswordFile } from "../../config/password-file";
import { Catalog } from "../../embedded/catalog/catalog";
import { EmbeddedPaths } from "../../embedded/paths";
import { embeddedVariables } from "../../embedded/terraform/environment";
import { prepareTerraform } from "../../embedded/terraform/prepare";
import { judge, type Verdict } from "../../operations/guard/judge";
import { applyPlan, planStack, type Stack, type StackPlan } from "../../operations/terraform/stack";
import { terraform } from "../../operations/terraform/terraform";

const root = resolve(__dirname, "../..");

/** Adds one stack to an app, under the given name. */
export type Build = (app: App, name: string, configuration: Configuration) => void;

/** One stack of the project's own configuration in an embedded cloud of its own, driven by Terraform itself. */
export class Deployment {
  public readonly catalog: Catalog;
  private readonly paths: EmbeddedPaths;
  private readonly configs: string;
  private readonly options: { readonly variables: NodeJS.ProcessEnv; readonly signal: AbortSignal };

  constructor(
    private readonly folder: string,
    private readonly environment: "dev" | "prod",
    private readonly name: string,
    private readonly build: Build,
    { binary, configurations }: { readonly binary: string; readonly configurations: string },
  ) {
    this.paths = new EmbeddedPaths(join(folder, ".embedded"), environment);
    this.catalog = new Catalog(this.paths.catalog());
    this.configs = join(folder, "config");
    mkdirSync(this.configs, { recursive: true });
    for (const one of ["dev", "prod"])
      writeFileSync(join(this.configs, `${one}.yaml`), readFileSync(join(root, configurations, `${one}.yaml`)));
    const searchPath = [process.env.PATH, join(root, ".embedded/bin")].join(delimiter);
    const variables = { ...process.env, ...embeddedVariables(this.paths.root, environment, searchPath), TERRAFORM_BINARY_NAME: binary };
    this.options = { variables, signal: new AbortController().signal };
  }

  public async prepare(): Promise<void> {
    const { postgres } = this.configuration();
    if (postgres.kind === "docker") ensurePasswordFile(postgres.passwordFile);
    await prepareTerraform(root, this.paths.root);
  }

  /** Changes the environment's file, as a person would. */
  public configure(change: (file: any) => void): void {
    const path = join(this.configs, `${this.environment}.yaml`);
    const file = parse(readFileSync(path, "utf8")) as object;
    change(file);
    writeFileSync(path, stringify(file));
  }

  public plan(): Promise<StackPlan> {
    return planStack(this.synthesise(), this.options);
  }

  public apply(plan: StackPlan): Promise<void> {
    return applyPlan(this.stack, plan, this.options);
  }

  public destroy(): Promise<string> {
    this.synthesise();
    return terraform(["destroy", "-no-color", "-auto-approve"], { ...this.options, folder: this.stack.folder });
  }

  /** What the guard says of a plan. @param allowedLosses addresses that a person named */
  public judge({ content }: StackPlan, allowedLosses: readonly string[] = []): Verdict[] {
    const { allowsDataDeletion } = this.configuration();
    return judge(content, { environment: this.environment, allowsDataDeletion, allowedLosses: new Set(allowedLosses) });
  }

  /** Terraform types of what is deployed. */
  public types(): string[] {
    return readdirSync(this.paths.catalog()).filter((type) => this.catalog.list(type).length > 0);
  }

  private get stack(): Stack {
    return { name: this.name, folder: join(this.folder, "cdktf.out/stacks", this.name) };
  }

  private synthesise(): Stack {
    const app = new App({ outdir: join(this.folder, "cdktf.out") });
    this.build(app, this.name, this.configuration());
    app.synth();
    return this.stack;
  }

  private configuration(): Configuration {
    const found = loadConfigurations({ folder: this.configs, root: this.folder, variables: this.options.variables }).find(
      ({ name }) => name === this.environment,
    );
    if (!found) throw new Error(`No environment ${this.environment}.`);
    return found;
  }
}

/** What a plan does to each resource that it touches: `google_storage_bucket.x: update`. */
export function actions({ content }: StackPlan): string[] {
  return (content.resource_changes ?? [])
    .map(({ address, change }) => `${address}: ${change.actions.join(" and ")}`)
    .filter((line) => !line.endsWith(": no-op"));
}
