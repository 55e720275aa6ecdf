import { PolicyTags } from "../../../constructs/warehouse/policy-tags";
import { dev, only, synth } from "../synth";

const analysts = { id: "analysts", member: "group:analysts@example.com" };

describe("PolicyTags", () => {
  test("an enforced taxonomy, a tag per kind of protected columns and a mask", () => {
    const json = synth((stack) => new PolicyTags(stack, "tags", { environment: dev }));
    const [tag] = Object.keys(json.resource.google_data_catalog_policy_tag);

    expect(only(json, "google_data_catalog_taxonomy")).toMatchObject({
      display_name: "trips-dev acme-dev",
      region: "europe-west1",
      activated_policy_types: ["FINE_GRAINED_ACCESS_CONTROL"],
    });
    expect(only(json, "google_data_catalog_policy_tag").display_name).toBe("driver_income");
    expect(only(json, "google_bigquery_datapolicy_data_policy")).toEqual({
      location: "europe-west1",
      data_policy_id: "trips_driver_income_masked",
      policy_tag: `\${google_data_catalog_policy_tag.${tag}.name}`,
      data_policy_type: "DATA_MASKING_POLICY",
      data_masking_policy: { predefined_expression: "ALWAYS_NULL" },
    });
  });

  test("a reader sees the values, a masked reader the mask", () => {
    const json = synth((stack) => {
      const tags = new PolicyTags(stack, "tags", { environment: dev, mask: "DEFAULT_MASKING_VALUE" });
      tags.grantRead(analysts);
      tags.grantMaskedRead(analysts);
    });

    expect(only(json, "google_data_catalog_policy_tag_iam_member")).toMatchObject({
      role: "roles/datacatalog.categoryFineGrainedReader",
      member: analysts.member,
    });
    expect(only(json, "google_bigquery_datapolicy_data_policy_iam_member")).toMatchObject({
      role: "roles/bigquerydatapolicy.maskedReader",
      member: analysts.member,
    });
  });
});
