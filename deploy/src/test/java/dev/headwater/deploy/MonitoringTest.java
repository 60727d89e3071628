package dev.headwater.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Rules and dashboards query metrics that exist, and link to pages that exist.
class MonitoringTest {

    private static final String RULES = "prometheus/rules/headwater.yml";
    private static final Pattern METRIC =
            Pattern.compile("\\b(?:headwater|kafka|jvm|process|system)_[a-z0-9_]+\\b|\\bup\\b|\\bALERTS\\b");

    private static final Pattern LISTED = Pattern.compile("^\\| `([a-z0-9_]+)` \\| (\\w+)", Pattern.MULTILINE);

    /// Metrics of Prometheus itself and of Kafka Streams; `check.sh` looks for those of Kafka Streams in a
    /// running stream.
    private static final Set<String> ELSEWHERE =
            Set.of("up", "ALERTS", "kafka_consumer_fetch_manager_records_lag_max", "kafka_stream_alive_stream_threads");

    @Test
    void rulesAskForMetricsThatExist() throws IOException {
        List<String> expressions =
                rules().stream().map(rule -> rule.get("expr").asText()).toList();
        assertThat(names(expressions)).isNotEmpty().isSubsetOf(known());
    }

    @Test
    void everyAlertHasSeverityAndRunbook() throws IOException {
        assertThat(rules()).isNotEmpty().allSatisfy(rule -> {
            assertThat(rule.at("/labels/severity").asText()).isIn("critical", "warning");
            String runbook = rule.at("/annotations/runbook").asText();
            String alert = rule.get("alert").asText();
            assertThat(Files.readString(DeployFiles.path("../" + runbook)))
                    .as(runbook)
                    .contains("`" + alert + "`")
                    .contains("## Look", "## Do");
            assertThat(DeployFiles.text("prometheus/tests/headwater.yml")).contains("alertname: " + alert + "\n");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"stream-health", "model-quality"})
    void dashboardsAskForMetricsThatExist(String name) throws IOException {
        // Given
        JsonNode dashboard = DeployFiles.json("grafana/dashboards/" + name + ".json");
        // When its queries are looked at
        List<String> expressions = new ArrayList<>();
        dashboard
                .get("panels")
                .forEach(panel -> panel.get("targets")
                        .forEach(target -> expressions.add(target.get("expr").asText())));
        expressions.add(dashboard.at("/templating/list/0/query/query").asText());
        // Then each query names metrics that exist, of the provisioned data source
        assertThat(expressions)
                .allSatisfy(expression -> assertThat(names(List.of(expression))).isNotEmpty());
        assertThat(names(expressions)).isSubsetOf(known());
        String source = DeployFiles.yaml("grafana/provisioning/datasources/prometheus.yaml")
                .getFirst()
                .at("/datasources/0/uid")
                .asText();
        assertThat(dashboard.findValuesAsText("uid"))
                .containsOnly(source, dashboard.get("uid").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"stream-health", "model-quality"})
    void dashboardsAreWellFormed(String name) throws IOException {
        // Given
        JsonNode dashboard = DeployFiles.json("grafana/dashboards/" + name + ".json");
        // When / Then it has the name of its file, and its panels have ids of their own, a title, an explanation and
        // room
        assertThat(dashboard.get("uid").asText()).isEqualTo("headwater-" + name);
        JsonNode panels = dashboard.get("panels");
        assertThat(panels).extracting(panel -> panel.get("id").asInt()).doesNotHaveDuplicates();
        Set<String> taken = new TreeSet<>();
        assertThat(panels).allSatisfy(panel -> {
            assertThat(panel.get("title").asText()).isNotBlank();
            assertThat(panel.get("description").asText()).isNotBlank();
            JsonNode at = panel.get("gridPos");
            for (int x = 0; x < at.get("w").asInt(); x++) {
                for (int y = 0; y < at.get("h").asInt(); y++) {
                    String cell = (at.get("x").asInt() + x) + "," + (at.get("y").asInt() + y);
                    assertThat(at.get("x").asInt() + x).isLessThan(24);
                    assertThat(taken.add(cell)).as("cell %s is free", cell).isTrue();
                }
            }
        });
    }

    private static List<JsonNode> rules() throws IOException {
        List<JsonNode> rules = new ArrayList<>();
        DeployFiles.yaml(RULES)
                .getFirst()
                .get("groups")
                .forEach(group -> group.get("rules").forEach(rules::add));
        return rules;
    }

    private static Set<String> names(List<String> expressions) {
        Set<String> names = new TreeSet<>();
        for (String expression : expressions) {
            METRIC.matcher(expression).results().forEach(match -> names.add(match.group()));
        }
        return names;
    }

    /// The metrics in docs/metrics.md, which another test compares with the code.
    private static Set<String> known() throws IOException {
        Set<String> known = new TreeSet<>(ELSEWHERE);
        LISTED.matcher(DeployFiles.text("../docs/metrics.md")).results().forEach(row -> {
            String name = row.group(1);
            switch (row.group(2)) {
                case "histogram" -> known.addAll(List.of(name + "_bucket", name + "_sum", name + "_count"));
                case "summary" -> known.addAll(List.of(name + "_sum", name + "_count"));
                default -> known.add(name);
            }
        });
        return known;
    }
}
