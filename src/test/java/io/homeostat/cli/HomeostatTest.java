package io.homeostat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeostatTest extends CommandsOnAServer {
    private static final String FREEZES =
            "{'items':[{'id':'f1','text':'everything is frozen by ann'}],'next':null}";

    private static final String SERVICES =
            "{'items':[{'name':'shop_api','stack':'shop','replicas':5},"
                    + "{'name':'shop_front-end','stack':'shop','replicas':0},"
                    + "{'name':'shop_agent','stack':'shop','replicas':null},"
                    + "{'name':'bank_api','stack':'bank','replicas':3},"
                    + "{'name':'alone','stack':null,'replicas':1}],'next':null}";

    @TempDir private Path directory;

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
    void saysHowManyReplicasAStackHasInNamesThatAStackFileCanUse() {
        answers.put("GET /api/v1/facts?limit=1000&type=Service", ok(SERVICES));

        assertThat(run("replicas", "shop", "--env")).isZero();
        assertThat(out.toString())
                .isEqualToNormalizingNewlines("SHOP_API_REPLICAS=5\nSHOP_FRONT_END_REPLICAS=0\n");
    }

    @Test
    void saysThemToMachinesToo() throws Exception {
        answers.put("GET /api/v1/facts?limit=1000&type=Service", ok(SERVICES));

        assertThat(run("replicas", "shop", "--json")).isZero();
        assertThat(Console.JSON.readTree(out.toString()).toString())
                .isEqualTo("{\"shop_api\":5,\"shop_front-end\":0}");
    }

    @Test
    void namesTheStacksThereAreWhenOneIsNot() {
        answers.put("GET /api/v1/facts?limit=1000&type=Service", ok(SERVICES));

        assertThat(run("replicas", "shpo", "--env")).isEqualTo(1);
        assertThat(err.toString()).contains("no service of a stack 'shpo'", "bank, shop");
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
        assertThat(out.toString()).contains(rule + ":3:10: error: ");
        assertThat(out.toString()).contains("      Alert( frinig )\n" + " ".repeat(13) + "^\n");
    }

    @Test
    void checksThatScenariosReachTheRules() throws Exception {
        Path rule = directory.resolve("lone.drl");
        Files.writeString(
                rule,
                """
                rule "lone" @owner( "ann" )
                when
                    $alert : Alert( name == "Lone", $service : service != null )
                then
                    insertLogical( restart( $service ).because( $alert ) );
                end
                """);
        Path scenario = directory.resolve("other.yaml");
        Files.writeString(
                scenario,
                """
                scenario: other
                when: [ { fires: { alertname: A } } ]
                then: [ { escalations: [ A ] } ]
                """);

        assertThat(run("check", rule.toString(), "--scenarios", scenario.toString(), "--json"))
                .isZero();
        JsonNode checked = new ObjectMapper().readTree(out.toString());
        assertThat(checked.at("/items/0/finding").asText()).isEqualTo("no-scenario");
        assertThat(checked.at("/rules").asInt()).isEqualTo(1);
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
                .contains("tests=\"2\" failures=\"1\"", "not &lt;fine", "no rule wants anything")
                .contains("file=\"" + bad + "\" line=\"1\" time=\"")
                .contains("tell the default channel", "what happened instead");
        assertThat(run("test", bad.toString(), "--json")).isEqualTo(1);
    }

    @Test
    void saysWhatNoScenarioShowsOfTheRules() throws Exception {
        Path file = directory.resolve("one.yaml");
        Files.writeString(
                file,
                "scenario: s\nwhen: [ { fires: { alertname: A } } ]\nthen: [ { escalations: [ A ] } ]\n");

        assertThat(run("test", file.toString(), "--coverage")).isZero();
        assertThat(out.toString())
                .contains("coverage: 1 of 15 rules fired, ")
                .containsPattern(
                        "rules/policy.drl:\\d+:1: rule \"a protected.*fires in no scenario")
                .containsPattern("rules/services/self-adaptation.drl:15:5: .*no scenario reaches");

        out.getBuffer().setLength(0);
        assertThat(run("test", file.toString(), "--coverage", "--json")).isZero();
        assertThat(Console.JSON.readTree(out.toString()).at("/coverage/fired/0").asText())
                .isEqualTo("tell the default channel");
    }

    @Test
    void printsTheSchemaOfScenariosForEditors() throws Exception {
        assertThat(run("test", "--schema")).isZero();
        assertThat(Console.JSON.readTree(out.toString()).at("/properties/when").isObject())
                .isTrue();
    }
}
