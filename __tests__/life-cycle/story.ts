import { spawnSync } from "node:child_process";
import { temporaryFolder } from "../embedded/provider/temporary-folder";
import { actions, type Build, Deployment } from "./deployment";

/** What a stack is, for its story. */
export interface Subject {
  readonly environment: "dev" | "prod";
  readonly name: string;
  readonly build: Build;

  /** Folder of the configuration, relative to the project's. @default "config" */
  readonly configurations?: string;

  /** Whether its data may be destroyed: as it stands, once the environment allows it, or never. */
  readonly destroyed: "now" | "when allowed" | "never";

  /** Whether only its beginning and its end are told: where another story tells the middle of nearly the same resources. @default false */
  readonly brief?: boolean;
}

/** Terraform, and OpenTofu where the machine has it. */
const binaries = ["terraform", "tofu"].filter((binary) => binary === "terraform" || spawnSync(binary, ["version"]).status === 0);

/** Deploys a stack, changes it, lets it drift, and destroys it: each test goes on from where the one before it ended. */
export function lifeCycle({ environment, name, build, configurations = "config", destroyed, brief = false }: Subject): void {
  jest.setTimeout(240_000);
  const middle = brief ? () => undefined : test;

  describe.each(binaries)(`${name} under %s`, (binary) => {
    const folder = temporaryFolder();
    const deployment = new Deployment(folder, environment, name, build, { binary, configurations });
    beforeAll(() => deployment.prepare());

    const expectNoChange = async () => {
      expect(actions(await deployment.plan())).toEqual([]);
    };

    test("a deploy creates everything, and a second one has nothing to do", async () => {
      const plan = await deployment.plan();
      expect(actions(plan).filter((line) => !line.endsWith(": create"))).toEqual([]);

      await deployment.apply(plan);

      expect(deployment.types().length).toBeGreaterThan(3);
      await expectNoChange();
    });

    middle("a changed label is an update in place", async () => {
      deployment.configure((file) => (file.labels = { application: "renamed" }));
      const plan = await deployment.plan();

      expect(actions(plan).length).toBeGreaterThan(0);
      expect(actions(plan).filter((line) => !line.endsWith(": update"))).toEqual([]);
      expect(deployment.judge(plan)).toEqual([]);
      await deployment.apply(plan);
      await expectNoChange();
    });

    middle("what somebody deleted by hand, one of every type, is noticed and made again", async () => {
      const lost = deployment.types().map((type) => {
        const [object] = deployment.catalog.list(type);
        deployment.catalog.delete(type, object!.id);
        return type;
      });
      const plan = await deployment.plan();

      const created = new Set(
        actions(plan)
          .filter((line) => line.endsWith("create"))
          .map((line) => line.split(".")[0]),
      );
      expect(lost.filter((type) => !created.has(type))).toEqual([]);
      await deployment.apply(plan);
      await expectNoChange();
    });

    middle("a description that somebody changed by hand is noticed and set right", async () => {
      const described = deployment.types().filter((type) => /service_account$|dataset$|crypto_key$|alert_policy$|bucket$/.test(type));
      for (const type of described) {
        const [object] = deployment.catalog.list(type) as unknown as Record<string, unknown>[];
        deployment.catalog.put(type, { ...object!, ...drifted(object!) } as unknown as { id: string });
      }
      const plan = await deployment.plan();

      expect(described.filter((type) => !actions(plan).some((line) => line.startsWith(`${type}.`) && line.endsWith(": update")))).toEqual(
        [],
      );
      await deployment.apply(plan);
      await expectNoChange();
    });

    if (destroyed === "now") {
      middle("another region replaces what holds data, and the guard asks a person for what has no key of its own", async () => {
        deployment.configure((file) => (file.location = "europe-west4"));
        const plan = await deployment.plan();
        const stopped = deployment.judge(plan).filter(({ severity }) => severity === "stop");

        expect(deployment.judge(plan).some(({ action, severity }) => action === "replace" && severity === "warn")).toBe(true);
        expect(stopped.filter(({ mend }) => !mend.startsWith("name it on the command line"))).toEqual([]);
        const named = stopped.map(({ address }) => address);
        expect(deployment.judge(plan, named).filter(({ severity }) => severity === "stop")).toEqual([]);
        await deployment.apply(plan);
        await expectNoChange();
      });
    } else {
      middle("another region, which would replace what holds data, can't even be planned", async () => {
        deployment.configure((file) => (file.location = "europe-west4"));
        await expect(deployment.plan()).rejects.toThrow(/prevent_destroy/);
        deployment.configure((file) => (file.location = "europe-west1"));
        await expectNoChange();
      });

      middle("a destroy is refused", async () => {
        await expect(deployment.destroy()).rejects.toThrow(/deletion_protection|prevent_destroy|holds/);
        await expectNoChange();
      });
    }

    if (destroyed === "when allowed") {
      middle("what is taken out of the configuration loses its protection with it: the guard stops the deploy", async () => {
        deployment.configure((file) => (file.security = { ...file.security, registry: { formats: [] } }));
        const plan = await deployment.plan();

        expect(deployment.judge(plan).filter(({ severity }) => severity === "stop")).toMatchObject([
          { action: "delete", address: expect.stringMatching(/^google_artifact_registry_repository/) },
          { action: "delete", address: expect.stringMatching(/^google_artifact_registry_repository/) },
        ]);
        deployment.configure((file) => delete file.security.registry);
      });

      middle("with the environment's key as well, nothing is stopped", async () => {
        deployment.configure((file) => (file.allowsDataDeletion = true));
        const plan = await deployment.plan();
        expect(deployment.judge(plan).every(({ severity }) => severity === "warn")).toBe(true);
        await deployment.apply(plan);
      });
    }

    if (destroyed === "never") return;

    test("a destroy leaves nothing", async () => {
      await deployment.destroy();

      expect(deployment.types()).toEqual([]);
    });
  });
}

/** Values that somebody might have set by hand: of the first attribute that is there. */
function drifted(object: Record<string, unknown>): Record<string, unknown> {
  const changed: Record<string, unknown> = {
    rotation_period: "86400s",
    display_name: "by hand",
    description: "by hand",
    soft_delete_policy: [{ retention_duration_seconds: 0 }],
  };
  const name = Object.keys(changed).find((attribute) => object[attribute] !== undefined && object[attribute] !== null);
  if (name === undefined) throw new Error(`Nothing to change by hand in ${JSON.stringify(object)}`);
  return { [name]: changed[name] };
}
