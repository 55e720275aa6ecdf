/** Where the installer and what it needs lie on a machine, and the disk with Kafka's log. */
export const KAFKA_DATA_FOLDER = "/var/lib/trips-streaming";

/** Text files by their path below the software's folder; `boot/install.sh` is one of them. */
export type KafkaSoftware = Readonly<Record<string, string>>;

/** No line of a file may be this one. */
const END = "END_OF_TRIPS_STREAMING_FILE";

/** What is dropped before the files are written, so that what is no longer among them goes. */
const FOLDERS = ["resources", "src", "templates", "units"];

/**
 * The script that a machine runs at every start: writes the installer, what it installs by, and the machine's settings; then runs it. All of it is
 * text that a plan shows and a person can read, so no secret may be in it.
 *
 * @param settings By name; the installer reads them as the shell's variables.
 * @throws Error when there is no installer, or a name, a setting or a file can't be written so.
 */
export function kafkaStartUp(software: KafkaSoftware, settings: Readonly<Record<string, string>>): string {
  if (software["boot/install.sh"] === undefined)
    throw new Error("The brokers' software lacks boot/install.sh: hand over pipelines/streaming/broker.");
  const files = { ...software, settings: settingsFile(settings) };
  return [
    "HOME_DIR=${STREAMING_HOME:-/opt/trips-streaming}",
    "put() {",
    '  mkdir -p "$(dirname "$HOME_DIR/$1")"',
    // Renamed, so that a script that is being run is not changed under the shell that reads it.
    '  cat >"$HOME_DIR/$1.new"',
    '  mv "$HOME_DIR/$1.new" "$HOME_DIR/$1"',
    "}",
    `rm -rf ${FOLDERS.map((folder) => `"$HOME_DIR/${folder}"`).join(" ")}`,
    ...Object.entries(files).map(([path, text]) => put(path, text)),
    // Not by `exec`: the machine's script notes how it ends, and is run again if it fails.
    'bash "$HOME_DIR/boot/install.sh"',
    "",
  ].join("\n");
}

function put(path: string, text: string): string {
  if (!/^[\w.-]+(\/[\w.-]+)*$/.test(path) || path.includes(".."))
    throw new Error(`"${path}" can't be the path of a file of the brokers' software.`);
  if (text.split("\n").includes(END)) throw new Error(`The file ${path} of the brokers' software has a line "${END}".`);
  return [`put ${path} <<'${END}'`, text.replace(/\n$/, ""), END].join("\n");
}

function settingsFile(settings: Readonly<Record<string, string>>): string {
  return Object.entries(settings)
    .map(([name, value]) => {
      if (!/^[A-Z_]+$/.test(name) || /['\n\\]/.test(value)) throw new Error(`The brokers' setting ${name} can't be "${value}".`);
      return `${name}='${value}'\n`;
    })
    .join("");
}
