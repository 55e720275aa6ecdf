const IMAGE = /^composer-3-airflow-(\d+\.\d+)$/;

/**
 * Airflow's minor version in an image of Composer 3, e.g. `3.1` of `composer-3-airflow-3.1`.
 *
 * @throws Error when the image isn't one: a patch or a build is withdrawn within months, and the provider doesn't take
 * `composer-latest-airflow-…` for Composer 3 and refuses half of its settings.
 * @see https://cloud.google.com/composer/docs/composer-versions
 */
export function airflowVersionOf(image: string): string {
  const version = IMAGE.exec(image)?.[1];
  if (version === undefined) {
    throw new Error(
      `The image "${image}" must be one of Composer 3 with Airflow's minor version and no more, e.g. "composer-3-airflow-3.1": Google withdraws patches and builds, and upgrades by itself within the minor version.`,
    );
  }
  return version;
}
