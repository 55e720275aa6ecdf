import { createHash } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DeployedPostgres } from "./deployed-postgres";

/** What stands in a mark. */
export type MarkedData = Pick<DataMark, "database" | "user" | "digest">;

/** What a data folder was made for; written last, so that a folder without it is known to be half made. */
export class DataMark {
  public readonly database: string;
  public readonly user: string;

  /** SHA-256 of the password. */
  public readonly digest: string;

  /** The password itself, as it stands in its file; never written into the mark. */
  public readonly password: string;

  constructor({ database, user, passwordFile }: Pick<DeployedPostgres, "database" | "user" | "passwordFile">) {
    this.database = database;
    this.user = user;
    this.password = readFileSync(passwordFile, "utf8").trim();
    this.digest = createHash("sha256").update(this.password).digest("hex");
  }

  /** The mark of a data folder; none where it is half made or absent. */
  public static read(data: string): MarkedData | undefined {
    const file = fileOf(data);
    return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as MarkedData) : undefined;
  }

  public write(data: string): void {
    const { database, user, digest } = this;
    writeFileSync(`${fileOf(data)}.tmp`, JSON.stringify({ database, user, digest }), { flush: true });
    renameSync(`${fileOf(data)}.tmp`, fileOf(data));
  }
}

const fileOf = (data: string): string => join(data, "made-for.json");
