import { join } from "node:path";
import type { KafkaOptions } from "./kafka-options";
import type { Program } from "./program";

/** A Java program to start. */
export interface JavaMain {
  /** Most MiB of its heap. */
  readonly heap: number;

  /** Class and arguments, or `-jar`, file and arguments. */
  readonly main: readonly string[];

  /**
   * Whether Java compiles it as well as it can, for what computes much. Otherwise it compiles quickly: a broker starts with two thirds of the work
   * then, and takes in as much, for it computes little. @default false
   */
  readonly thorough?: boolean;

  /** Before the jars. @default - the jars alone */
  readonly classes?: string;
}

/** The command that starts it. The property `trips.service` is there to be seen in a list of processes: it tells whose it is. */
export function javaProgram(
  { java, libs, folder }: KafkaOptions,
  name: string,
  { heap, main, classes, thorough = false }: JavaMain,
): Program {
  const settings = [
    `-Xmx${String(heap)}m`,
    ...(thorough ? [] : ["-XX:TieredStopAtLevel=1"]),
    "-XX:+ExitOnOutOfMemoryError",
    `-Dtrips.service=${serviceMark(folder, name)}`,
    "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
    "-Dorg.slf4j.simpleLogger.showDateTime=true",
    "-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS",
  ];
  const path = [...(classes === undefined ? [] : [classes]), join(libs, "*")].join(":");
  return { command: java, args: [...settings, ...(main[0] === "-jar" ? [] : ["-cp", path]), ...main] };
}

/** What stands in the command line of a service of an environment, and in no other's. */
export const serviceMark = (folder: string, name: string): string => `${folder}/${name}`;
