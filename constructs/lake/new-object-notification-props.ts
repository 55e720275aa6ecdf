import type { Environment } from "../environment/environment";
import type { EncryptionKey } from "../security/encryption-key";
import type { LakeBucket } from "./lake-bucket";
import type { LakeZone } from "./lake-zone";

/** What of a bucket's new objects is told. */
export interface NewObjectOptions {
  /**
   * Tells only of objects whose names begin so, e.g. `yellow/`.
   *
   * @default - of all
   */
  readonly prefix?: string;

  /**
   * Completes the topic's name and tells two notifications of one bucket apart.
   *
   * @default "new-objects"
   */
  readonly name?: string;
}

/** What a {@link NewObjectNotification} needs to know. */
export interface NewObjectNotificationProps extends NewObjectOptions {
  /** Gives the topic its location and labels, and Cloud Storage's account the project's number. */
  readonly environment: Environment;

  /** The bucket whose new objects are told. */
  readonly bucket: LakeBucket;

  /** The bucket's zone; completes the topic's name. */
  readonly zone: LakeZone;

  /**
   * Key that encrypts the messages.
   *
   * @default - Google's own keys
   */
  readonly encryptionKey?: EncryptionKey;
}
