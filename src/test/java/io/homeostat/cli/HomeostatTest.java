package io.homeostat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeostatTest {
    private static final String FREEZES =
            "{'items':[{'id':'f1','text':'everything is frozen by ann'}],'next':null}";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Map<String, String> environment = new TreeMap<>();
    private HttpServer server;

    @TempDir private Path directory;

    private record Answer(int status, String body) {}

    @BeforeEach
    void start() throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        server = HttpServer.create(any, 0);
        server.createContext("/", this::answer);
        server.start();
        environment.put("HOMEOSTAT_URL", "http://127.0.0.1:" + server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void saysWhatItCanDo() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString())
                .contains("serve", "demo", "check", "test", "status", "timeline", "freeze", "thaw");
    }

    @Test
    void callsWrongUsageWrong() {
        assertThat(run("statsu")).isEqualTo(2);
        assertThat(run()).isEqualTo(2);
        assertThat(run("freeze", "--for", "30m")).isEqualTo(2);
        assertThat(run("freeze", "subject", "--why", "w")).isEqualTo(2);
        assertThat(run("timeline", "serivce/demo_web")).isEqualTo(2);
        assertThat(run("serve", "--port", "1")).isEqualTo(2);
        assertThat(run("check", "no/such/place")).isEqualTo(2);
        assertThat(asked).isEmpty();
    }

    @Test
    void showsTheTimelineOfAServiceByItsNameWithTheNewestLast() {
        answers.put(
                "GET /api/v1/timeline?limit=20&subject=service%2Fdemo_web",
                ok(
                        "{'items':[{'at':'2026-01-05T10:00:09Z','kind':'outcome','text':'healed'},"
                                + "{'at':'2026-01-05T10:00:02Z','kind':'action','text':'scale'}],"
                                + "'next':null}"));

        assertThat(run("timeline", "demo_web")).isZero();
        assertThat(out.toString())
                .isEqualToNormalizingNewlines(
                        """
                        2026-01-05 10:00:02  action   scale
                        2026-01-05 10:00:09  outcome  healed
                        """);
    }

    @Test
    void handsMachinesWhatTheServerSaid() throws Exception {
        answers.put("GET /api/v1/decisions?limit=5", ok("{'items':[{'id':'d1'}],'next':'x'}"));

        assertThat(run("decisions", "--limit", "5", "--json")).isZero();
        assertThat(Console.JSON.readTree(out.toString()).at("/items/0/id").asText())
                .isEqualTo("d1");
    }

    @Test
    void showsDecisionsWithTheirReasons() {
        answers.put(
                "GET /api/v1/decisions?limit=20&subject=service%2Fdemo_web&verdict=deny",
                ok(
                        "{'items':[{'at':'2026-01-05T10:00:02Z','verdict':'deny',"
                                + "'intent':'scale up service/demo_web','rule':'up',"
                                + "'reason':'at its maximum of 5'}],'next':null}"));

        assertThat(run("decisions", "--subject", "demo_web", "--verdict", "deny")).isZero();
        assertThat(out.toString())
                .contains(
                        "deny    scale up service/demo_web", "rule \"up\"", "at its maximum of 5");
    }

    @Test
    void showsWhatWouldHaveBeenDoneWithTheMostFrequentFirst() {
        answers.put(
                "GET /api/v1/decisions/shadow?limit=20&since=30d",
                ok(
                        "{'items':[{'rule':'up','subject':'service/web','incidents':3,"
                                + "'action':'scale service/web from 2 to 3','verdict':'allow',"
                                + "'last':'2026-01-05T10:00:02Z'},{'rule':'up','incidents':1,"
                                + "'action':'scale service/web from 3 to 4','verdict':'allow',"
                                + "'last':'2026-01-05T10:00:02Z'}],'next':null}"));

        assertThat(run("decisions", "--would", "--since", "30d")).isZero();
        assertThat(out.toString().lines())
                .first()
                .asString()
                .contains("3  allow", "scale service/web from 2 to 3", "rule \"up\"");
        assertThat(run("decisions", "--since", "30d")).isEqualTo(2);
        assertThat(run("decisions", "--would", "--verdict", "deny")).isEqualTo(2);
    }

    @Test
    void showsWhatIsAskedAndHowToAnswer() {
        answers.put(
                "GET /api/v1/approvals",
                ok(
                        "{'items':[{'id':'d7.1','action':'restart service/web','rule':'heal',"
                                + "'expires':'2026-01-05T10:30:00Z','now':{'reason':'asks before it"
                                + " may restart','objections':[{'guard':'self','verdict':'ask',"
                                + "'reason':'service/web is vital'}]}}],'next':null}"));

        assertThat(run("approvals")).isZero();
        assertThat(out.toString())
                .contains(
                        "d7.1  restart service/web",
                        "until 2026-01-05 10:30:00",
                        "service/web is vital",
                        "homeostat approve d7.1");
    }

    @Test
    void answersWhatIsAsked() {
        String answered = "{'answer':'%s','text':'restart service/web'}";
        answers.put("POST /api/v1/decisions/d7.1/approve", ok(answered.formatted("approved")));
        answers.put("POST /api/v1/decisions/d7.1/reject", ok(answered.formatted("rejected")));

        assertThat(run("approve", "d7.1")).isZero();
        assertThat(run("reject", "d7.1", "--why", "the sale is over")).isZero();
        assertThat(out.toString())
                .contains("approved: restart service/web", "rejected: restart service/web");
        assertThat(run("reject", "d7.1")).as("without a reason").isEqualTo(2);
        assertThat(run("approve", "d8.1")).as("of what is not known").isEqualTo(1);
    }

    @Test
    void requestsWithItsReasonAndWhatItOverrides() {
        answers.put(
                "POST /api/v1/requests",
                ok(
                        "{'text':'scale service/web to 3','expires':'2026-01-05T10:10:00Z',"
                                + "'override':['pace']}"));

        assertThat(
                        run(
                                "request",
                                "scale",
                                "web",
                                "--replicas",
                                "3",
                                "--override",
                                "pace",
                                "--why",
                                "sale"))
                .isZero();
        assertThat(out.toString())
                .contains(
                        "scale service/web to 3 is requested until 2026-01-05 10:10:00",
                        "It overrides pace.");
        assertThat(run("request", "scale", "web", "--why", "sale")).isEqualTo(2);
        assertThat(run("request", "restart", "web")).as("without a reason").isEqualTo(2);
    }

    @Test
    void showsWhatUndoingWouldDoAndUndoes() {
        answers.put(
                "GET /api/v1/actions/a3.1/undo",
                ok(
                        "{'text':'scale service/web to 2','decision':{'verdict':'allow',"
                                + "'reason':'scale service/web from 3 to 2'},"
                                + "'freezes':['rule up on service/web is frozen']}"));
        answers.put(
                "POST /api/v1/actions/a3.1/undo",
                ok(
                        "{'text':'scale service/web to 2','expires':'2026-01-05T10:10:00Z',"
                                + "'freezes':[{'id':'f9','text':'rule up is frozen'}]}"));

        assertThat(run("undo", "a3.1", "--dry-run")).isZero();
        assertThat(out.toString())
                .contains("would request to scale service/web to 2", "allow", "would freeze: rule");
        assertThat(run("undo", "a3.1", "--why", "too much")).isZero();
        assertThat(out.toString()).contains("homeostat thaw f9");
        assertThat(run("undo", "a3.1")).as("without a reason").isEqualTo(2);
        assertThat(run("undo", "a9.9", "--why", "x")).as("of what is not known").isEqualTo(1);
    }

    @Test
    void keepsTextFromOutsideFromSteeringTheTerminal() {
        answers.put(
                "GET /api/v1/incidents?limit=20",
                ok(
                        "{'items':[{'openedAt':'2026-01-05T10:00:02Z','state':'open',"
                                + "'severity':'critical','subject':'service/web',"
                                + "'title':'red \\u001b[31m alert'}],'next':null}"));

        run("incidents");

        assertThat(out.toString()).contains("red", "alert").doesNotContain("\u001b");
    }

    @Test
    void findsProblemsWhenAWatcherIsBlind() {
        String status =
                "{'cluster':'swarm','autonomy':'shadow','rulebook':'abcdef0123456789',"
                        + "'storeOk':true,'alerts':{'waiting':2},'watchers':[{'name':'tasks',"
                        + "'sight':'%s','since':'2026-01-05T10:00:02Z','reason':'refused'}]}";
        answers.put("GET /api/v1/status", ok(status.formatted("blind")));

        assertThat(run("status")).isEqualTo(1);
        assertThat(out.toString())
                .contains("autonomy", "shadow", "watcher tasks", "blind since", "alerts waiting");

        answers.put("GET /api/v1/status", ok(status.formatted("seeing")));
        assertThat(run("status")).isZero();
    }

    @Test
    void saysWhoLeadsAndFindsAProblemWhenNobodyCanTell() {
        String status = "{'storeOk':true,'lease':{'state':'%s','text':'%s','until':%s}}";
        answers.put(
                "GET /api/v1/status",
                ok(
                        status.formatted(
                                "leads",
                                "this process leads (epoch 3)",
                                "'2026-01-05T10:00:02Z'")));
        assertThat(run("status")).isZero();
        assertThat(out.toString()).contains("this process leads (epoch 3) until", "unless renewed");

        answers.put(
                "GET /api/v1/status", ok(status.formatted("waits", "node2 (4f2a) leads", "null")));
        assertThat(run("status")).isZero();
        assertThat(out.toString()).contains("node2 (4f2a) leads");

        answers.put(
                "GET /api/v1/status",
                ok(status.formatted("unsure", "nobody can tell who leads", "null")));
        assertThat(run("status")).isEqualTo(1);
    }

    @Test
    void freezesASubjectInTheNameOfThePersonAndSaysHowToEndIt() throws Exception {
        answers.put(
                "POST /api/v1/freezes",
                new Answer(
                        201,
                        "{'freeze':{'id':'f7','text':'service/demo_web is frozen by ann'},"
                                + "'inTheAir':[{'id':'a3.1','state':'taken',"
                                + "'text':'scale service/demo_web from 2 to 3',"
                                + "'fate':'it is watched'}]}"));
        Path token = Files.writeString(directory.resolve("token"), "s3cret\n");

        assertThat(
                        run(
                                "freeze",
                                "subject",
                                "demo_web",
                                "--for",
                                "10m",
                                "--why",
                                "a test",
                                "--token-file",
                                token.toString()))
                .isZero();
        assertThat(asked)
                .containsExactly(
                        "POST /api/v1/freezes Bearer s3cret {\"scope\":\"subject\","
                                + "\"value\":\"service/demo_web\",\"by\":\"ann\","
                                + "\"why\":\"a test\",\"for\":\"10m\"}");
        assertThat(out.toString())
                .contains(
                        "thaw f7", "In the air, taken: scale service/demo_web", "a3.1", "watched");
    }

    @Test
    void thawsOneFreezeOrAllOfThem() {
        answers.put("GET /api/v1/freezes", ok(FREEZES));
        String one = "DELETE /api/v1/freezes/f1?by=ann&why=it%20is%20not%20needed%20any%20more";
        answers.put(one, new Answer(204, ""));

        assertThat(run("thaw", "f1")).isZero();
        assertThat(run("thaw", "--all")).isZero();
        assertThat(asked).filteredOn(line -> line.startsWith(one)).hasSize(2);
        assertThat(run("thaw")).isEqualTo(2);
        assertThat(err.toString()).contains("f1  everything is frozen by ann");
    }

    @Test
    void saysInOneSentenceWhatToDoWhenNobodyAnswers() {
        server.stop(0);

        assertThat(run("status")).isEqualTo(1);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .contains("does not answer at http://127.0.0.1", "./homeostat serve", "--server");
    }

    @Test
    void showsWhyTheServerRefuses() {
        answers.put(
                "GET /api/v1/status",
                new Answer(401, "{'title':'Unauthorized','detail':'a token is needed'}"));

        assertThat(run("status")).isEqualTo(1);
        assertThat(err.toString()).contains("401", "a token is needed", "HOMEOSTAT_TOKEN_FILE");
    }

    @Test
    void checksRulesAndPointsAtWhatIsWrong() throws Exception {
        assertThat(run("check")).isZero();
        Path rule = directory.resolve("bad.drl");
        Files.writeString(rule, "rule \"r\"\nwhen\n  Alert( frinig )\nthen\nend\n");

        assertThat(run("check", rule.toString())).isEqualTo(1);
        assertThat(out.toString()).contains(rule + ":3:");
    }

    @Test
    void playsScenariosAndWritesWhatCiServersRead() throws Exception {
        Path good = directory.resolve("good.yaml");
        Files.writeString(
                good,
                """
                scenario: fine
                when: [ { fires: { alertname: A } } ]
                then: [ { escalations: [ A ] } ]
                """);
        Path bad = directory.resolve("bad.yaml");
        Files.writeString(
                bad,
                """
                scenario: not <fine>
                when: [ { fires: { alertname: A } } ]
                then: [ { escalations: [] } ]
                """);
        Path junit = directory.resolve("reports/junit.xml");

        assertThat(run("test", good.toString())).isZero();
        assertThat(run("test", directory.toString(), "--junit", junit.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("ok    fine", "FAIL  not <fine>", "2 scenarios played");
        assertThat(junit)
                .content()
                .contains("tests=\"2\" failures=\"1\"", "not &lt;fine", "no rule wants anything");
        assertThat(run("test", bad.toString(), "--json")).isEqualTo(1);
    }

    private int run(String... arguments) {
        Path here = Path.of("").toAbsolutePath();
        return Homeostat.run(
                new Console(new PrintWriter(out, true), new PrintWriter(err, true), ZoneOffset.UTC),
                new Home(here, here),
                environment,
                "ann",
                arguments);
    }

    private static Answer ok(String body) {
        return new Answer(200, body);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            String body =
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String token = exchange.getRequestHeaders().getFirst("Authorization");
            asked.add("%s %s %s".formatted(request, token == null ? "-" : token, body));
            Answer answer =
                    answers.getOrDefault(
                            request, new Answer(404, "{'detail':'no " + request + "'}"));
            byte[] bytes = answer.body().replace('\'', '"').getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
