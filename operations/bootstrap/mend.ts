/** What to do about an error of Terraform's while bootstrapping, where it is known; undefined else. */
export function mend(message: string, projectId: string, stateFile: string): string | undefined {
  return known(projectId, stateFile).find(([pattern]) => pattern.test(message))?.[1];
}

const known = (projectId: string, stateFile: string): readonly (readonly [RegExp, string])[] => [
  [
    /could not find default credentials|invalid_grant|invalid_rapt|Reauthentication/i,
    "Log in first: gcloud auth application-default login",
  ],
  [
    /SERVICE_DISABLED|has not been used in project|it is disabled/i,
    `Terraform can't switch on the APIs by which it switches on APIs. Once: gcloud services enable serviceusage.googleapis.com cloudresourcemanager.googleapis.com --project ${projectId}`,
  ],
  [
    /state lock/i,
    "Another command is at work on this state: wait for it. If none is (a killed one left its lock): terraform force-unlock <ID>",
  ],
  [
    /you already own it/i,
    `The bucket was made from another machine, where its state may still wait: bring ${stateFile} from there and repeat; else import the bucket.`,
  ],
  [
    /Error 409.*bucket|bucket.*Error 409/is,
    "Names of buckets are the whole world's: choose another by state.bucket in config/<environment>.yaml.",
  ],
  [
    /billing.*Error 403|Error 403.*billing/is,
    "Whoever makes the budget needs roles/billing.costsManager on the billing account; or leave out bootstrap.billingAccount.",
  ],
  [/Error 403/, `Whoever bootstraps needs to be an owner of the project ${projectId}; check the account: gcloud auth list`],
];
