package io.homeostat.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.engine.AlertSubjects;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlertNamesTest {
    private final AlertNames check =
            new AlertNames(new TreeSet<>(List.of("shop_api", "shop_db")), AlertSubjects.DEFAULT);

    @Test
    void findsAnAlertThatNamesNothing() {
        assertThat(fires(Map.of("alertname", "HighLoad", "instance", "10.0.0.7:8080")))
                .hasValueSatisfying(finding -> {
                    assertThat(finding.ailment()).isEqualTo(Ailment.ALERT_WITHOUT_SERVICE);
                    assertThat(finding.what()).contains("alertname, instance");
                    assertThat(finding.change()).contains("- alert: HighLoad\n  labels:\n");
                });
    }

    @Test
    void findsAnAlertAboutAServiceThatIsNotThereAndSaysWhichIsMeant() {
        assertThat(fires(Map.of("alertname", "HighLoad", "service", "api")))
                .hasValueSatisfying(finding -> {
                    assertThat(finding.ailment()).isEqualTo(Ailment.ALERT_ABOUT_UNKNOWN_SERVICE);
                    assertThat(finding.change()).endsWith("service: shop_api");
                });
    }

    @Test
    void leavesAlertsAloneThatAreAboutSomething() {
        assertThat(fires(Map.of("alertname", "HighLoad", "service", "shop_api"))).isEmpty();
        assertThat(
                        fires(
                                Map.of(
                                        "alertname",
                                        "HighLoad",
                                        "container_label_com_docker_swarm_service_name",
                                        "shop_db")))
                .isEmpty();
        assertThat(fires(Map.of("alertname", "DiskFull", "node", "n1"))).isEmpty();
        assertThat(fires(Map.of("alertname", "HighLoad", "service", "node-exporter", "node", "n1")))
                .as("it is about the node")
                .isEmpty();
    }

    @Test
    void leavesAlertsAloneThatNobodyNeedsToActOn() {
        assertThat(fires(Map.of("alertname", "Watchdog", "severity", "none"))).isEmpty();
        assertThat(rule("up == 0", Map.of("severity", "info"))).isEmpty();
    }

    @Test
    void findsARuleThatSumsAllServicesUp() {
        assertThat(rule("sum(rate(http_requests_total[5m])) > 100", Map.of()))
                .hasValueSatisfying(finding -> {
                    assertThat(finding.certain()).isTrue();
                    assertThat(finding.what()).contains("its expression keeps none");
                });
    }

    @Test
    void isNotSureOfARuleWhoseSeriesMayHaveTheLabel() {
        assertThat(rule("up == 0", Map.of()))
                .hasValueSatisfying(finding -> assertThat(finding.certain()).isFalse());
        assertThat(rule("sum without (instance) (up) == 0", Map.of()))
                .hasValueSatisfying(finding -> assertThat(finding.certain()).isFalse());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sum by (service) (rate(http_requests_total[5m])) > 100",
                "sum(rate(http_requests_total{service=\"shop_api\"}[5m])) > 100",
                "max(container_memory_usage_bytes) by (container_label_com_docker_swarm_service_name)"
            })
    void leavesRulesAloneThatKeepALabel(String expression) {
        assertThat(rule(expression, Map.of())).isEmpty();
    }

    @Test
    void isNotTakenInByAMetricsName() {
        assertThat(rule("sum(service:errors:rate5m) > 1", Map.of())).isPresent();
    }

    @Test
    void readsTheLabelsThatARuleAdds() {
        assertThat(rule("up == 0", Map.of("service", "shop_api"))).isEmpty();
        assertThat(rule("up == 0", Map.of("service", "{{ $labels.job }}"))).isEmpty();
        assertThat(rule("up == 0", Map.of("service", "shop")))
                .hasValueSatisfying(finding ->
                        assertThat(finding.ailment())
                                .isEqualTo(Ailment.ALERT_ABOUT_UNKNOWN_SERVICE));
    }

    @Test
    void believesWhatARuleMakesAtThisMomentMoreThanItsText() {
        List<AlertRule> rules =
                AlertRule.list(
                        Sample.json(
                                """
                                {"status": "success", "data": {"groups": [{"rules": [
                                  {"type": "recording", "name": "r", "query": "sum(up)"},
                                  {"type": "alerting", "name": "A", "query": "up == 0", "labels": {},
                                   "alerts": [{"labels": {"alertname": "A", "service": "shop_api"}}]},
                                  {"type": "alerting", "name": "B", "query": "up == 0", "labels": {},
                                   "alerts": [{"labels": {"alertname": "B", "job": "x"}}]}]}]}}
                                """));

        assertThat(check.of(List.of(), rules))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.about().name()).isEqualTo("B");
                    assertThat(finding.certain()).isTrue();
                });
    }

    @Test
    void saysItOnceForAllAlertsOfAName() {
        List<SeenAlert> two =
                SeenAlert.list(
                        Sample.json(
                                """
                                [{"labels": {"alertname": "A", "instance": "1"}},
                                 {"labels": {"alertname": "A", "instance": "2"}}]
                                """));

        assertThat(check.of(two, List.of(rule("A", "sum(up)", Map.of())))).hasSize(1);
    }

    private Optional<Finding> fires(Map<String, String> labels) {
        return check.of(List.of(new SeenAlert(new TreeMap<>(labels))), List.of()).stream()
                .findFirst();
    }

    private Optional<Finding> rule(String expression, Map<String, String> labels) {
        return check.of(List.of(), List.of(rule("A", expression, labels))).stream().findFirst();
    }

    private static AlertRule rule(String name, String expression, Map<String, String> labels) {
        return new AlertRule(name, expression, new TreeMap<>(labels), List.of());
    }
}
