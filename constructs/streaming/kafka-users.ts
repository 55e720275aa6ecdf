import type { SecretManagerSecretIamMember } from "@cdktf/provider-google/lib/secret-manager-secret-iam-member";
import { Construct } from "constructs";
import { kafkaUsers, type KafkaUser } from "../../contracts/kafka-users";
import type { Grantee } from "../identity/grantee";
import { Secret } from "../security/secret";
import type { KafkaUsersProps } from "./kafka-users-props";

/** Name of one of the contracts' users. */
export type KafkaUserName = KafkaUser["name"];

/**
 * The places of the passwords of Kafka's users, and of the authority by which clients know the brokers. Nobody types a password: the first broker
 * makes them when it starts for the first time. A new version of a password is in force within half an hour; then clients have to read it anew.
 *
 * ### Cost
 * 0.06 USD per secret and month; six versions are free.
 */
export class KafkaUsers extends Construct {
  /** Passwords, by user. */
  public readonly passwords: Readonly<Record<KafkaUserName, Secret>>;

  /** Certificate and key of the cluster's own authority: whoever has it can pass for a broker. */
  public readonly authority: Secret;

  /** The certificate alone, for clients. */
  public readonly certificate: Secret;

  constructor(scope: Construct, id: string, props: KafkaUsersProps) {
    super(scope, id);
    const { broker, ...settings } = props;
    const secret = (name: string): Secret => {
      const made = new Secret(this, name, { ...settings, name: `kafka-${name}` });
      made.grantRead(broker);
      made.grantAddVersion(broker);
      return made;
    };
    this.passwords = Object.fromEntries(kafkaUsers.map(({ name }) => [name, secret(name)])) as Record<KafkaUserName, Secret>;
    this.authority = secret("ca");
    this.certificate = secret("ca-certificate");
  }

  /** Lets the grantee log in as the user, by reading its password and the brokers' certificate. */
  public grantLogin(user: KafkaUserName, { id, member }: Grantee): SecretManagerSecretIamMember[] {
    // Somebody who logs in as two users is another grantee of the one certificate.
    return [this.passwords[user].grantRead({ id, member }), this.certificate.grantRead({ id: `${id}-${user}`, member })];
  }
}
