package io.homeostat.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SingleReplicaTest {
    private final SingleReplica check = new SingleReplica();

    @Test
    void findsOneTaskBehindAPublishedPort() {
        assertThat(Sample.well().replicas(1).by(check))
                .hasValueSatisfying(finding -> {
                    assertThat(finding.what())
                            .isEqualTo("it is reached by the published port 80 and has one task");
                    assertThat(finding.change()).isEqualTo("api:\n  deploy:\n    replicas: 2");
                });
    }

    @Test
    void findsOneTaskBehindAProxy() {
        assertThat(behind("com.df.notify", "true").label("com.df.port", "8080").by(check))
                .isPresent();
        assertThat(behind("traefik.http.routers.shop.rule", "Host(`shop`)").by(check)).isPresent();
    }

    @Test
    void takesOneForDockersDefault() {
        assertThat(Sample.well().set("Mode", "{\"Replicated\": {}}").by(check)).isPresent();
    }

    @Test
    void doesNotHaveTwoTasksShareDataWithoutAWord() {
        assertThat(
                        Sample.well()
                                .replicas(1)
                                .mount(
                                        "{\"Type\": \"volume\", \"Source\": \"db\", \"Target\":"
                                                + " \"/d\"}")
                                .by(check))
                .hasValueSatisfying(
                        finding -> assertThat(finding.change()).contains("can share its data"));
    }

    @Test
    void leavesThoseAloneThatNoRouteLeadsTo() {
        assertThat(Sample.well().by(check)).isEmpty();
        assertThat(Sample.well().replicas(1).ports("[]").by(check)).isEmpty();
        assertThat(Sample.well().replicas(0).by(check)).isEmpty();
        assertThat(Sample.well().set("Mode", "{\"Global\": {}}").by(check)).isEmpty();
        assertThat(behind("com.df.servicePath", "/shop").by(check))
                .as("not announced to the proxy")
                .isEmpty();
        assertThat(behind("com.df.notify", "true").label("com.df.scaleMin", "1").by(check))
                .as("announced, and without a route")
                .isEmpty();
    }

    private static Sample behind(String label, String value) {
        return Sample.well().replicas(1).ports("[]").label(label, value);
    }
}
