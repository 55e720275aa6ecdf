import { canonicalText, textOf, type Value, type ValueObject } from "../../protocol/value";
import { inventedDigits, type Cloud } from "../cloud";
import { projectOf } from "./project";

/**
 * The name of an object to which Google gives a number when it is made: the one it has, else one that comes from what says what it is, so that
 * a creation that is repeated after a kill finds the same object.
 *
 * @returns `projects/<project>/<collection>/<number>`.
 */
export function assignedName(resource: ValueObject, cloud: Cloud, collection: string, identity: Value): string {
  const given = textOf(resource, "name");
  const project = projectOf(resource, cloud);
  return given !== "" ? given : `projects/${project}/${collection}/${inventedDigits(`${collection}${canonicalText(identity)}`, 19)}`;
}

/** All objects of a type that no engine reads. */
export const objectsOf = (cloud: Cloud, type: string): readonly ValueObject[] =>
  cloud.catalog.list(type) as unknown as readonly ValueObject[];
