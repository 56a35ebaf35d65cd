package io.homeostat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.homeostat.e2e.Permissions;
import io.homeostat.standin.DockerStandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest extends CommandsOnAServer {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir private Path folder;

    private DockerStandIn docker;

    @BeforeEach
    void startDocker() throws IOException {
        docker = new DockerStandIn(folder.resolve("d.sock"));
        docker.start();
        docker.nodes(MAPPER.readTree("[{\"ID\": \"n1\", \"Spec\": {\"Role\": \"manager\"}}]"));
        environment.remove("HOMEOSTAT_URL");
        environment.put("HOMEOSTAT_DOCKER_HOST", "unix://" + folder.resolve("d.sock"));
    }

    @AfterEach
    void stopDocker() throws IOException {
        docker.close();
    }

    @Test
    void showsPeopleWhatIsWrongWhyAndWhatToWrite() {
        sick();

        assertThat(run("doctor")).isEqualTo(1);
        assertThat(out.toString())
                .contains(
                        "service shop_api\n",
                        "  update-loses-requests: it is reached by the published port 80, and an"
                                + " update stops its only task before the next one is started\n",
                        "    Requests to a task that is stopped first",
                        """
                        api:
                          deploy:
                            update_config:
                              order: start-first
                        """
                                .indent(6),
                        "1 services at unix://",
                        "not looked at: Alertmanager")
                .doesNotContain("\u001B");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void tellsMachinesTheSame() throws IOException {
        sick();

        assertThat(run("doctor", "--json")).isEqualTo(1);
        JsonNode report = MAPPER.readTree(out.toString());
        assertThat(report.path("services").asInt()).isEqualTo(1);
        assertThat(report.findValuesAsText("code"))
                .containsExactly(
                        "no-health-check",
                        "update-loses-requests",
                        "single-replica",
                        "no-digest",
                        "no-memory-limit");
        JsonNode second = report.path("findings").path(1);
        assertThat(second.path("kind").asText()).isEqualTo("service");
        assertThat(second.path("name").asText()).isEqualTo("shop_api");
        assertThat(second.path("change").asText()).contains("order: start-first");
        assertThat(second.path("certain").asBoolean()).isTrue();
    }

    @Test
    void findsNothingInASwarmWithoutServices() {
        assertThat(run("doctor")).isZero();
        assertThat(out.toString()).contains("0 services", "nothing found");
    }

    @Test
    void leavesOutWhatItIsToldTo() {
        sick();

        assertThat(
                        run(
                                "doctor",
                                "--skip",
                                "no-health-check,update-loses-requests,single-replica",
                                "--skip",
                                "no-digest,no-memory-limit"))
                .isZero();
        assertThat(run("doctor", "--skip", "no-such-thing")).isEqualTo(2);
        assertThat(err.toString()).contains("'no-such-thing' is no code");
    }

    @Test
    void asksOnlyWhatItsTableAllows() {
        sick();
        docker.create("other", 2, Map.of());

        run("doctor");

        assertThat(docker.requests()).isNotEmpty().allMatch(request -> request.startsWith("GET "));
        List<String> rows = new ArrayList<>();
        for (String request : docker.requests()) {
            rows.add(
                    Permissions.ofTheDoctor()
                            .allowing(request)
                            .orElse("nothing allows " + request));
        }
        assertThat(rows).containsOnlyOnceElementsOf(Permissions.ofTheDoctor().all());
        assertThat(Permissions.ofTheDoctor().all()).containsAll(rows);
    }

    @Test
    void looksForAHealthCheckInTheImage() {
        docker.image("demo/web:1.0", "{\"Config\": {\"Healthcheck\": {\"Test\": [\"CMD\"]}}}");
        sick();

        run("doctor");

        assertThat(out.toString()).doesNotContain("no-health-check").contains("no-digest");
    }

    @Test
    void cannotLookWhereThereIsNoDockerOrNoManager() {
        assertThat(run("doctor", "--docker", "unix:///no/such.sock")).isEqualTo(2);
        assertThat(err.toString()).contains("does not answer", "is dockerd running");
        assertThat(run("doctor", "--docker", "ssh://host")).isEqualTo(2);
        assertThat(run("doctor", "--docker", "not an address")).isEqualTo(2);

        docker.beManager(false);
        assertThat(run("doctor")).isEqualTo(2);
        assertThat(err.toString()).contains("not a swarm manager");
    }

    @Test
    void givesUpADockerThatHangs() {
        docker.hangAt("/services");
        long began = System.nanoTime();

        assertThat(run("doctor")).isEqualTo(2);

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
        assertThat(err.toString()).contains("has not answered");
    }

    @Test
    void looksAtAlertsAndReceiversOfARunningAlertmanager() {
        answers.put(
                "GET /am/api/v2/alerts",
                ok("[{'labels':{'alertname':'HighLoad','instance':'x'}}]"));
        answers.put(
                "GET /am/api/v2/status",
                ok(
                        "{'config':{'original':'receivers:\\n- name: ops\\n  webhook_configs:\\n"
                                + "  - send_resolved: false\\n'}}"));

        assertThat(run("doctor", "--alertmanager", server("/am"))).isEqualTo(1);
        assertThat(out.toString())
                .contains("alert HighLoad", "alert-without-service", "receiver ops")
                .doesNotContain("not looked at: Alertmanager");
    }

    @Test
    void looksAtTheRulesOfARunningPrometheus() {
        answers.put(
                "GET /api/v1/rules",
                ok(
                        "{'data':{'groups':[{'rules':[{'type':'alerting','name':'Load',"
                                + "'query':'sum(up)'}]}]}}"));

        assertThat(run("doctor", "--prometheus", server(""))).isEqualTo(1);
        assertThat(out.toString()).contains("alert Load", "alert-without-service");
    }

    @Test
    void looksAtTheirFiles() throws IOException {
        Path rules = folder.resolve("rules.yml");
        Files.writeString(
                rules, "groups:\n- name: g\n  rules:\n  - alert: Load\n    expr: sum(up)\n");
        Path alertmanager = folder.resolve("am.yml");
        Files.writeString(
                alertmanager, "receivers:\n- name: ops\n  slack_configs:\n  - channel: x\n");

        assertThat(
                        run(
                                "doctor",
                                "--prometheus",
                                rules.toString(),
                                "--alertmanager",
                                alertmanager.toString()))
                .isEqualTo(1);
        assertThat(out.toString()).contains("alert Load", "receiver ops");
    }

    @Test
    void saysWhichSourceItCannotRead() throws IOException {
        assertThat(run("doctor", "--prometheus", "no/such.yml")).isEqualTo(2);
        assertThat(run("doctor", "--alertmanager", server("/nothing"))).isEqualTo(2);
        assertThat(run("doctor", "--alertmanager", "http://127.0.0.1:1")).isEqualTo(2);
        Path wrong = folder.resolve("wrong.yml");
        Files.writeString(wrong, "services: {}\n");
        assertThat(run("doctor", "--prometheus", wrong.toString())).isEqualTo(2);

        assertThat(err.toString())
                .contains(
                        "no/such.yml: there is no such file",
                        "answers 404 to /api/v2/alerts",
                        "does not answer (ConnectException)",
                        "has no groups; is it the right file?");
    }

    private String server(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private void sick() {
        docker.create("shop_api", 1, Map.of("com.docker.stack.namespace", "shop"));
        docker.change(
                "shop_api",
                spec -> spec.withObject("/EndpointSpec").withArray("Ports").add(port(80)));
    }

    private static ObjectNode port(int published) {
        return MAPPER.createObjectNode()
                .put("PublishedPort", published)
                .put("TargetPort", 8080)
                .put("PublishMode", "ingress");
    }
}
