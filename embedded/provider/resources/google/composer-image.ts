/** https://github.com/hashicorp/terraform-provider-google/blob/v6.50.0/google/services/composer/resource_composer_environment.go */
const IMAGE = /composer-((\d+)(\.\d+\.\d+(?:-preview\.\d+)?)?|latest)-airflow-((\d+)(?:(\.\d+)(\.\d+)?)?(?:-build\.\d+)?)/;

/** Whether a text has the form of an image; the provider, too, looks for it anywhere in the text. */
export const isImage = (text: string): boolean => IMAGE.test(text);

/** As the provider tells Composer 3 from its predecessors; `composer-latest-…` is none to it. */
export const isComposer3 = (image: string): boolean => image.includes("composer-3");

/** Whether an environment's image is what is asked for: compared are only the parts of the version that both name. */
export function sameImage(prior: string, planned: string): boolean {
  const [one, other] = [IMAGE.exec(prior), IMAGE.exec(planned)];
  if (!one || !other) return prior === planned;
  return sameAirflow(one, other) && sameComposer(one, other);
}

function sameAirflow(one: RegExpExecArray, other: RegExpExecArray): boolean {
  const parts = (image: RegExpExecArray): string[] => [image[5], image[6], image[7]].filter((part) => part !== undefined);
  const named = Math.min(parts(one).length, parts(other).length);
  const hasBuilds = [one, other].every((image) => image[4]?.includes("-build."));
  const equalParts = parts(one).slice(0, named).join("") === parts(other).slice(0, named).join("");
  return named === 3 && hasBuilds ? one[4] === other[4] : equalParts;
}

function sameComposer([, one, oneMajor]: RegExpExecArray, [, other, otherMajor]: RegExpExecArray): boolean {
  if (one === "latest" || other === "latest") return true;
  return one === oneMajor || other === otherMajor ? oneMajor === otherMajor : one === other;
}
