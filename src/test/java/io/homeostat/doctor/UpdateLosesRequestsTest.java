package io.homeostat.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UpdateLosesRequestsTest {
    private static final String HOST_PORT =
            "[{\"TargetPort\": 80, \"PublishedPort\": %d, \"PublishMode\": \"host\"}]";

    private final UpdateLosesRequests check = new UpdateLosesRequests();

    @Test
    void findsAPublishedServiceThatStopsFirst() {
        assertThat(Sample.well().order("stop-first").by(check))
                .hasValueSatisfying(finding -> {
                    assertThat(finding.what())
                            .isEqualTo(
                                    "it is reached by the published port 80, and an update stops a"
                                            + " task before its successor is started");
                    assertThat(finding.change())
                            .isEqualTo(
                                    """
                                    api:
                                      deploy:
                                        update_config:
                                          order: start-first
                                          failure_action: rollback\
                                    """);
                    assertThat(finding.certain()).isTrue();
                });
    }

    @Test
    void takesStopFirstForGrantedWhereNothingIsSaid() {
        assertThat(Sample.well().set("UpdateConfig", "null").by(check)).isPresent();
    }

    @Test
    void findsAServiceBehindDockerFlowProxy() {
        assertThat(
                        Sample.well()
                                .ports("[]")
                                .label("com.df.notify", "true")
                                .label("com.df.servicePath.1", "/shop")
                                .order("stop-first")
                                .by(check))
                .hasValueSatisfying(
                        finding -> assertThat(finding.what()).contains("Docker Flow Proxy"));
    }

    @Test
    void saysWhenAllTasksGoAtOnce() {
        assertThat(Sample.well().set("UpdateConfig", "{\"Parallelism\": 0}").by(check))
                .hasValueSatisfying(
                        finding -> assertThat(finding.what()).contains("stops all its 2 tasks"));
        assertThat(Sample.well().replicas(1).order("stop-first").by(check))
                .hasValueSatisfying(
                        finding -> assertThat(finding.what()).contains("stops its only task"));
    }

    @Test
    void isNotSureOfASingleTaskThatOthersMayCall() {
        assertThat(Sample.well().ports("[]").replicas(1).order("stop-first").by(check))
                .hasValueSatisfying(finding -> assertThat(finding.certain()).isFalse());
    }

    @Test
    void leavesThoseAloneThatNobodyCalls() {
        assertThat(
                        Sample.well()
                                .ports("[]")
                                .template("Networks", "[]")
                                .replicas(1)
                                .order("stop-first")
                                .by(check))
                .isEmpty();
        assertThat(Sample.well().ports("[]").order("stop-first").by(check)).isEmpty();
    }

    @Test
    void doesNotMakeTwoTasksWriteTheSameData() {
        assertThat(
                        Sample.well()
                                .order("stop-first")
                                .mount(
                                        "{\"Type\": \"volume\", \"Source\": \"db\", \"Target\":"
                                                + " \"/d\"}")
                                .by(check))
                .isEmpty();
        assertThat(
                        Sample.well()
                                .order("stop-first")
                                .mount(
                                        "{\"Type\": \"bind\", \"Source\": \"/etc/localtime\","
                                                + " \"Target\": \"/etc/localtime\"}")
                                .by(check))
                .isPresent();
    }

    @Test
    void doesNotMakeTwoTasksWantTheSamePortOfANode() {
        assertThat(Sample.well().order("stop-first").ports(HOST_PORT.formatted(80)).by(check))
                .isEmpty();
        assertThat(Sample.well().order("stop-first").ports(HOST_PORT.formatted(0)).by(check))
                .isPresent();
    }

    @Test
    void leavesJobsGlobalServicesAndStartFirstAlone() {
        assertThat(Sample.well().by(check)).isEmpty();
        assertThat(Sample.well().set("Mode", "{\"Global\": {}}").order("stop-first").by(check))
                .isEmpty();
        assertThat(Sample.well().replicas(0).order("stop-first").by(check)).isEmpty();
    }
}
