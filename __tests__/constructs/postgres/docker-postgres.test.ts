import { DockerPostgres } from "../../../constructs/postgres/docker-postgres";
import type { DockerPostgresProps } from "../../../constructs/postgres/docker-postgres-props";
import { dev, only, prod, resources, synth } from "../synth";

const props: DockerPostgresProps = {
  environment: dev,
  name: "trips-dev",
  image: "postgres:17.10",
  port: 5433,
  database: "trips",
  user: "taxi",
  passwordFile: "/srv/secrets/password",
};
const deploy = (more: Partial<DockerPostgresProps> = {}) => synth((stack) => new DockerPostgres(stack, "postgres", { ...props, ...more }));
const container = (json: any, name = "trips-dev-postgres") => resources(json, "docker_container").find((one) => one.name === name);

describe("DockerPostgres", () => {
  test("minimal: reachable from this machine alone, healthy before anything goes on, its data in a volume", () => {
    const json = deploy();

    expect(container(json)).toMatchObject({
      ports: [{ ip: "127.0.0.1", internal: 5432, external: 5433 }],
      healthcheck: { test: ["CMD-SHELL", "pg_isready -U taxi -d trips"] },
      wait: true,
      volumes: [{ container_path: "/var/lib/postgresql/data" }, { host_path: "/srv/secrets/password", read_only: true }],
    });
    expect(resources(json, "docker_container")).toHaveLength(1);
    expect(resources(json, "docker_network")).toHaveLength(1);
    expect(resources(json, "docker_volume")).toHaveLength(1);
  });

  test("the password is read from a file, and its absence is refused before anything is made", () => {
    const json = deploy();
    const { env, lifecycle } = container(json);

    expect(env).toContain("POSTGRES_PASSWORD_FILE=/run/secrets/postgres-password");
    expect(env.join()).not.toMatch(/POSTGRES_PASSWORD=/);
    const [[local, file]] = Object.entries(json.locals) as [[string, string]];
    expect(file).toBe("/srv/secrets/password");
    expect(lifecycle.precondition[0].condition).toBe(`\${fileexists(local.${local})}`);
  });

  test("with pgAdmin: a second container on the same network, likewise without a password in sight", () => {
    const json = deploy({ pgAdmin: { image: "dpage/pgadmin4:9.18", port: 8085, email: "me@example.com" } });

    const admin = container(json, "trips-dev-pgadmin");
    expect(admin.ports).toEqual([{ ip: "127.0.0.1", internal: 80, external: 8085 }]);
    expect(admin.env).toEqual(["PGADMIN_DEFAULT_EMAIL=me@example.com", "PGADMIN_DEFAULT_PASSWORD_FILE=/run/secrets/postgres-password"]);
    expect(admin.networks_advanced).toEqual(container(json).networks_advanced);
  });

  test("the volume can be destroyed only where the environment and the caller both ask for it", () => {
    const kept = (more: Partial<DockerPostgresProps>) => only(deploy(more), "docker_volume").lifecycle.prevent_destroy;

    expect([kept({ destroyData: true }), kept({}), kept({ environment: prod, destroyData: true })]).toEqual([false, true, true]);
  });

  test("a relative password file is refused: Docker would take it for a volume's name", () => {
    expect(() => deploy({ passwordFile: ".secrets/password" })).toThrow(/".secrets\/password" of Postgres must be an absolute path/);
  });
});
