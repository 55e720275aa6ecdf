import { spawnSync } from "node:child_process";
import { temporaryFolder } from "../embedded/provider/temporary-folder";
import { actions, type Build, Deployment } from "./deployment";

/** What a stack is, for its story. */
export interface Subject {
  readonly environment: "dev" | "prod";
  readonly name: string;
  readonly build: Build;

  /** Whether the environment's configuration lets its data be destroyed as it stands. */
  readonly mayBeDestroyed: boolean;
}

/** Terraform, and OpenTofu where the machine has it. */
const binaries = ["terraform", "tofu"].filter((binary) => binary === "terraform" || spawnSync(binary, ["version"]).status === 0);

/** Deploys a stack, changes it, lets it drift, and destroys it: each test goes on from where the one before it ended. */
export function lifeCycle({ environment, name, build, mayBeDestroyed }: Subject): void {
  jest.setTimeout(120_000);

  describe.each(binaries)(`${name} under %s`, (binary) => {
    const folder = temporaryFolder();
    const deployment = new Deployment(folder, environment, name, build, binary);
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

    test("a changed label is an update in place", async () => {
      deployment.configure((file) => (file.labels = { application: "renamed" }));
      const plan = await deployment.plan();

      expect(actions(plan).length).toBeGreaterThan(0);
      expect(actions(plan).filter((line) => !line.endsWith(": update"))).toEqual([]);
      expect(deployment.judge(plan)).toEqual([]);
      await deployment.apply(plan);
      await expectNoChange();
    });

    test("what somebody deleted by hand, one of every type, is noticed and made again", async () => {
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

    test("a description that somebody changed by hand is noticed and set right", async () => {
      const described = deployment.types().filter((type) => /service_account$|dataset$|crypto|alert_policy$|bucket$/.test(type));
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

    test("another region replaces what holds data, and the guard asks for both keys", async () => {
      deployment.configure((file) => (file.location = "europe-west4"));
      const plan = await deployment.plan();
      const verdicts = deployment.judge(plan);

      expect(verdicts.some(({ action }) => action === "replace")).toBe(true);
      expect(verdicts.filter(({ severity }) => severity === "stop").length > 0).toBe(!mayBeDestroyed);
      if (!mayBeDestroyed) return;
      await deployment.apply(plan);
      await expectNoChange();
    });

    if (!mayBeDestroyed) {
      test("a destroy is refused while the environment keeps its data", async () => {
        deployment.configure((file) => (file.location = "europe-west1"));
        await expectNoChange();
        await expect(deployment.destroy()).rejects.toThrow(/deletion_protection|prevent_destroy|holds/);
        // Whatever a refused destroy has taken along already is made again.
        await deployment.apply(await deployment.plan());

        deployment.configure((file) => (file.allowsDataDeletion = true));
        const plan = await deployment.plan();
        expect(deployment.judge(plan).every(({ severity }) => severity === "warn")).toBe(true);
        await deployment.apply(plan);
      });
    }

    test("a destroy leaves nothing", async () => {
      await deployment.destroy();

      expect(deployment.types()).toEqual([]);
    });
  });
}

/** Values that somebody might have set by hand: of the first attribute that is there. */
function drifted(object: Record<string, unknown>): Record<string, unknown> {
  const changed: Record<string, unknown> = {
    display_name: "by hand",
    description: "by hand",
    soft_delete_policy: [{ retention_duration_seconds: 0 }],
  };
  const name = Object.keys(changed).find((attribute) => object[attribute] !== undefined && object[attribute] !== null);
  if (name === undefined) throw new Error(`Nothing to change by hand in ${JSON.stringify(object)}`);
  return { [name]: changed[name] };
}
