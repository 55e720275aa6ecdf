import { spawnSync } from "node:child_process";
import { chownSync } from "node:fs";
import { EmbeddedError } from "../../embedded-error";

/** A command and its arguments. */
export type CommandLine = readonly [command: string, ...args: string[]];

/** User and group `nobody` of most Linux systems: owns nothing, is nobody's login. */
const NOBODY = 65_534;

/** A way for root to run a program as somebody else, and the owner that the program's files must have. */
interface Disguise {
  readonly prefix: readonly string[];
  readonly owner: number;
}

const disguises: readonly Disguise[] = [
  { prefix: ["setpriv", `--reuid=${String(NOBODY)}`, `--regid=${String(NOBODY)}`, "--clear-groups"], owner: NOBODY },
  // Where the project lies in a folder closed to others (/root is): a namespace in which root bears another number, and keeps its files.
  { prefix: ["unshare", "--user", `--map-user=${String(NOBODY)}`, `--map-group=${String(NOBODY)}`], owner: 0 },
];

/** Whom the server runs as: Postgres refuses root. */
export class ServerUser {
  private constructor(
    private readonly prefix: readonly string[],
    private readonly owner: number | undefined,
  ) {}

  /**
   * The user who can run `program` in `folder`, which is handed over to that user.
   *
   * @throws EmbeddedError when root can't become another user here.
   */
  public static whoRuns(program: string, folder: string): ServerUser {
    if (process.getuid?.() !== 0) return new ServerUser([], undefined);
    for (const { prefix, owner } of disguises) {
      const user = new ServerUser(prefix, owner);
      user.own(folder);
      if (runs(user.commandLine(program, "--version")) && runs(user.commandLine("ls", folder))) return user;
    }
    throw new EmbeddedError(
      "Postgres refuses to run as root, and this root can't run it as another user.",
      "Run npm start as an ordinary user, or install setpriv (Debian: util-linux) and put the project in a folder that others may enter.",
    );
  }

  /** Hands a file or folder over to this user. */
  public own(path: string): void {
    if (this.owner !== undefined) chownSync(path, this.owner, this.owner);
  }

  /** The command line that runs `commandLine` as this user. */
  public commandLine(...commandLine: CommandLine): CommandLine {
    const [first, ...rest] = [...this.prefix, ...commandLine];
    return [first ?? commandLine[0], ...rest];
  }
}

const runs = ([command, ...args]: CommandLine): boolean => spawnSync(command, args, { stdio: "ignore" }).status === 0;
