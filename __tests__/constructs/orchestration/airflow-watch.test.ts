import { example } from "../../../constructs/orchestration/example";
import { unknownMetrics } from "../monitoring/unknown-metrics";
import { dev, resources, synth } from "../synth";

const json = synth((stack) => {
  example(stack, dev);
});
const alert = (title: RegExp): any =>
  resources(json, "google_monitoring_alert_policy").find(({ display_name }) => title.test(display_name));

describe("AirflowWatch", () => {
  test("tells of every DAG whose run failed, by DAG", () => {
    expect(alert(/DAG failed/)).toMatchObject({
      severity: "ERROR",
      conditions: [
        {
          condition_threshold: {
            filter:
              'metric.type = "composer.googleapis.com/workflow/run_count" AND resource.type = "cloud_composer_workflow" AND metric.label.state = "failed"',
            comparison: "COMPARISON_GT",
            threshold_value: 0,
            aggregations: [{ per_series_aligner: "ALIGN_SUM", group_by_fields: ["resource.label.workflow_name"] }],
          },
        },
      ],
    });
  });

  test("tells when this environment is unhealthy for a quarter of an hour", () => {
    expect(alert(/unhealthy/).conditions[0].condition_threshold).toMatchObject({
      filter: expect.stringMatching(
        /environment\/healthy.* AND resource\.label\.environment_name = "\$\{google_composer_environment\.\w+\.name\}"$/,
      ),
      duration: "900s",
      aggregations: [{ per_series_aligner: "ALIGN_NEXT_OLDER", cross_series_reducer: "REDUCE_COUNT_FALSE" }],
    });
  });

  test("on metrics that exist", () => {
    expect(unknownMetrics(json)).toEqual([]);
  });
});
