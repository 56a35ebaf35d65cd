package io.homeostat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What people and scripts tell by command.
class FactCommandTest extends CommandsOnAServer {
    private static final String ORDERS = "/api/v1/facts/queue/orders";

    @Test
    void tellsWhatIsGivenAndForHowLongItHolds() {
        answers.put(
                "PUT " + ORDERS,
                ok("{'subject':'custom/queue/orders','until':'2026-01-05T10:05:00Z'}"));

        assertThat(
                        run(
                                "fact",
                                "put",
                                "queue/orders",
                                "depth=120",
                                "state=a=b",
                                "--ttl",
                                "5m",
                                "--why",
                                "cron"))
                .isZero();
        assertThat(asked)
                .singleElement()
                .asString()
                .contains(
                        "\"ttl\":\"5m\"",
                        "\"by\":\"ann\"",
                        "\"why\":\"cron\"",
                        "\"values\":{\"depth\":\"120\",\"state\":\"a=b\"}");
        assertThat(out.toString())
                .contains("custom/queue/orders holds until 2026-01-05 10:05:00 unless");
    }

    @Test
    void takesBackWithTheReason() {
        answers.put(
                "DELETE " + ORDERS + "?by=ann&why=the%20queue%20is%20gone", new Answer(204, ""));

        assertThat(run("fact", "remove", "queue/orders", "--why", "the queue is gone")).isZero();
        assertThat(out.toString()).contains("custom/queue/orders is taken back");
    }

    @Test
    void listsWhatHolds() {
        answers.put(
                "GET /api/v1/facts?limit=1000&type=CustomFact",
                ok(
                        "{'items':[{'subject':'custom/queue/orders','values':{'depth':'120'},"
                                + "'until':'2026-01-05T10:05:00Z','by':'ann','why':'cron'}],"
                                + "'next':null}"));

        assertThat(run("fact", "list")).isZero();
        assertThat(out.toString())
                .contains("custom/queue/orders  {\"depth\":\"120\"}  until 2026-01-05 10:05:00");
    }

    @Test
    void saysWhatWouldBeRight() {
        assertThat(run("fact", "put", "queue/orders", "--why", "w")).isEqualTo(2);
        assertThat(run("fact", "put", "queue/orders", "depth", "--why", "w")).isEqualTo(2);
        assertThat(run("fact", "put", "queue/orders", "depth=1")).isEqualTo(2);
        assertThat(run("fact", "put", "orders", "depth=1", "--why", "w")).isEqualTo(2);
        assertThat(run("fact", "remove", "queue/orders", "depth=1", "--why", "w")).isEqualTo(2);
        assertThat(run("fact", "forget", "queue/orders", "--why", "w")).isEqualTo(2);

        assertThat(asked).isEmpty();
        assertThat(err.toString())
                .contains(
                        "Nothing is told",
                        "'depth' is no NAME=VALUE",
                        "--why is missing",
                        "'orders' is no KIND/KEY",
                        "Remove takes no values",
                        "'forget' is no verb");
    }
}
