import * as path from "node:path";
import { temporaryFolder } from "../temporary-folder";
import { TerraformCore } from "../terraform-core";

const CONTAINER = "docker_container";
const folder = temporaryFolder();
let count = 0;
const newCore = () => new TerraformCore("docker", path.join(folder, String(count++)));

describe.each([
  ["docker_network", { name: "trips" }, { driver: "bridge", ipam_driver: "default", scope: "local" }, { name: "other" }],
  ["docker_volume", { name: "data" }, { id: "data", driver: "local", mountpoint: "/var/lib/docker/volumes/data/_data" }, { name: "other" }],
  [
    "docker_image",
    { name: "postgres:17", keep_locally: true },
    { image_id: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) },
    { name: "postgres:18" },
  ],
])("%s", (type, config, expected, other) => {
  test("is created, and planned again without a change", () => {
    expect(newCore().create(type, config)).toMatchObject(expected);
  });

  test("another name replaces it", () => {
    const core = newCore();
    const state = core.create(type, config);

    expect(core.plan(type, { ...config, ...other }, state)).toMatchObject({ action: "replace", replacedBy: ["name"] });
  });

  test("one that is gone is noticed", () => {
    const core = newCore();
    const state = core.create(type, config);

    expect(core.destroy(type, state)).toBeUndefined();
    expect(core.read(type, state)).toBeNull();
  });
});

test("a volume without a name gets one", () => {
  const state = newCore().create("docker_volume", {});

  expect(state.name).toMatch(/^[0-9a-f]{64}$/);
  expect(state.id).toBe(state.name);
});

test("an image that is kept or not changes in place", () => {
  const core = newCore();
  const state = core.create("docker_image", { name: "postgres:17" });

  expect(core.plan("docker_image", { name: "postgres:17", keep_locally: true }, state).action).toBe("update");
});

describe("docker_container", () => {
  const postgres = {
    name: "trips-postgres",
    image: "sha256:0123",
    restart: "unless-stopped",
    env: ["POSTGRES_USER=trips", "POSTGRES_DB=trips", "POSTGRES_PASSWORD_FILE=/run/secrets/password"],
    ports: [{ internal: 5432, external: 5433, ip: "127.0.0.1" }],
    volumes: [{ volume_name: "data", container_path: "/var/lib/postgresql/data" }],
    mounts: [{ type: "bind", source: "/secrets/password", target: "/run/secrets/password", read_only: true }],
    networks_advanced: [{ name: "trips", aliases: ["postgres"] }],
    healthcheck: [{ test: ["CMD-SHELL", "pg_isready"], interval: "5s", retries: 10 }],
    labels: [{ label: "env", value: "dev" }],
    wait: true,
    wait_timeout: 60,
  };

  test("is created with its defaults, and planned again without a change", () => {
    const state = newCore().create(CONTAINER, postgres);

    expect(state).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f]{64}$/),
      must_run: true,
      network_mode: "bridge",
      ports: [{ internal: 5432, external: 5433, ip: "127.0.0.1", protocol: "tcp" }],
      healthcheck: [{ interval: "5s", timeout: "0s", retries: 10 }],
    });
    expect(state.env).toHaveLength(3);
  });

  test("minimal: name and image", () => {
    expect(newCore().create(CONTAINER, { name: "one", image: "two" })).toMatchObject({
      env: [],
      ports: [],
      healthcheck: [],
      restart: "no",
    });
  });

  test("the order of variables is no change", () => {
    const core = newCore();
    const state = core.create(CONTAINER, postgres);

    expect(core.plan(CONTAINER, { ...postgres, env: [...postgres.env].reverse() }, state).action).toBe("nothing");
  });

  test("a default in an element of a set is no change, wherever the element then stands", () => {
    const core = newCore();
    const upload = [
      { content: "same", file: "/z", executable: false },
      { content: "same", file: "/a", executable: null },
    ];
    const state = core.create(CONTAINER, { ...postgres, upload });

    expect(core.plan(CONTAINER, { ...postgres, upload }, state)).toMatchObject({ action: "nothing", replacedBy: [] });
  });

  test("restart policy and memory change in place", () => {
    const core = newCore();
    const state = core.create(CONTAINER, postgres);
    const changed = { ...postgres, restart: "always", memory: 512 };

    expect(core.plan(CONTAINER, changed, state).action).toBe("update");
    expect(core.apply(CONTAINER, changed, state)).toMatchObject({ id: state.id, restart: "always", memory: 512 });
  });

  test.each([
    ["ports", { ports: [{ internal: 5432, external: 5434, ip: "127.0.0.1" }] }],
    ["env", { env: ["POSTGRES_USER=other"] }],
    ["image", { image: "sha256:4567" }],
    ["volumes", { volumes: [{ volume_name: "other", container_path: "/var/lib/postgresql/data" }] }],
    ["mounts", { mounts: [] }],
    ["networks_advanced", { networks_advanced: [{ name: "other" }] }],
    ["labels", { labels: [{ label: "env", value: "prod" }] }],
  ])("is replaced by other %s", (attribute, changed) => {
    const core = newCore();
    const state = core.create(CONTAINER, postgres);
    const planned = core.plan(CONTAINER, { ...postgres, ...changed }, state);

    expect(planned.action).toBe("replace");
    expect(new Set(planned.replacedBy.map((name) => name.split(".")[0]))).toEqual(new Set([attribute]));
  });

  test("drift is read and healed", () => {
    const core = newCore();
    const state = core.create(CONTAINER, postgres);
    core.catalog.put(CONTAINER, { ...core.catalog.get(CONTAINER, String(state.id))!, restart: "no" } as { id: string });

    expect(core.plan(CONTAINER, postgres, core.read(CONTAINER, state))).toMatchObject({
      action: "update",
      state: { restart: "unless-stopped" },
    });
  });

  test("a port out of range and an unknown restart policy are refused", () => {
    expect(newCore().complaints(CONTAINER, { ...postgres, restart: "sometimes", ports: [{ internal: 0, external: 70_000 }] })).toEqual([
      expect.stringMatching(/"sometimes" must be no, on-failure, always or unless-stopped/),
      expect.stringMatching(/0 is no port/),
      expect.stringMatching(/70000 is no port/),
    ]);
  });
});
