package io.homeostat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What people are asked and say by command.
class AnsweringCommandsTest extends CommandsOnAServer {
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
    void asksForAnotherImageAndSaysWhatBecameOfTheTag() {
        answers.put(
                "POST /api/v1/deployments",
                ok("{'id':'7','service':'web','image':'web:2@sha256:ab','state':'accepted'}"));

        assertThat(run("deploy", "web", "web:2", "--why", "release 2")).isZero();
        assertThat(out.toString())
                .contains("web:2@sha256:ab is accepted for web", "homeostat timeline web");
        assertThat(run("deploy", "web", "web:2")).as("without a reason").isEqualTo(2);
        assertThat(run("deploy", "web", "--why", "release 2")).as("without an image").isEqualTo(2);
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
}
