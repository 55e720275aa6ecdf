import { join, resolve } from "node:path";
import { prepareTerraform } from "../../embedded/terraform/prepare";

/** Makes the provider that stands in for the cloud, and all that Terraform needs to find it. */
const root = resolve(__dirname, "../..");
void prepareTerraform(root, join(root, ".embedded"));
