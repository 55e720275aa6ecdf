import { z } from "zod";
import { cloudSql } from "./cloud-sql";
import { port } from "./values";

const pgAdmin = z.strictObject({
  enabled: z.boolean().default(true).describe("Whether pgAdmin runs beside Postgres."),
  port: port.default(8085).describe("Port of pgAdmin on 127.0.0.1."),
  email: z.email("an e-mail address").default("admin@example.com").describe("User of pgAdmin."),
  image: z.string().default("dpage/pgadmin4:9.18").describe("Image of pgAdmin."),
});

/** Postgres beside the warehouse. */
export const postgres = z.strictObject({
  kind: z
    .enum(["docker", "cloud_sql", "none"])
    .default("none")
    .describe(
      "Where Postgres runs: in Docker on the machine that deploys, on Cloud SQL (from about 10 USD a month, see cloudSql.tier), or nowhere.",
    ),
  port: port.default(5433).describe("Port of Docker's Postgres on 127.0.0.1; not 5432, where another Postgres often listens."),
  database: z
    .string()
    .regex(/^[a-z_][a-z0-9_]{0,62}$/, "a lower-case SQL name")
    .default("trips")
    .describe("Name of the database."),
  user: z
    .string()
    .regex(/^[a-z_][a-z0-9_]{0,62}$/, "a lower-case SQL name")
    .default("trips")
    .describe("Name of the database's owner in Docker; on Cloud SQL workloads log in as themselves."),
  passwordFile: z
    .string()
    .default(".secrets/postgres-password")
    .describe("File that holds the password, relative to the project's folder; set-up makes it, readable by its owner alone."),
  image: z.string().default("postgres:17.10").describe("Image of Postgres."),
  pgAdmin: pgAdmin.prefault({}).describe("A web page to look into Docker's Postgres."),
  cloudSql: cloudSql.prefault({}).describe("The instance, where kind is cloud_sql."),
});
