package io.homeostat.api;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import io.homeostat.engine.EngineLoop;
import io.homeostat.fact.Service;
import io.homeostat.simulated.SimulatedCluster;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Why something is decided about a subject, and why not, over HTTP.
@QuarkusTest
@TestProfile(Parts.Answering.class)
class WhyTest {
    private static final String DOWN = "rules.find { it.name.startsWith('scale down') }";

    private final EngineLoop loop;
    private final SimulatedCluster cluster;
    private final InstantSource clock;

    WhyTest(EngineLoop loop, SimulatedCluster cluster, InstantSource clock) {
        this.loop = loop;
        this.cluster = cluster;
        this.clock = clock;
    }

    @BeforeEach
    void lookAtTheCluster() {
        cluster.advance(clock.instant()).forEach(loop::offer);
        await().until(() -> loop.picture().facts().stream().anyMatch(Service.class::isInstance));
    }

    @Test
    void saysWhichRulesWishWhatWasDecidedAndWhatOthersLack() {
        String fingerprint = UUID.randomUUID().toString().substring(0, 16);
        fires(fingerprint);

        await().untilAsserted(() ->
                when().get("/api/v1/why?alert={f}", fingerprint)
                        .then()
                        .statusCode(200)
                        .body("subject", equalTo("alert/" + fingerprint))
                        .body("decidedOn", equalTo("service/shop_asks"))
                        .body("rules[0].wishes[0].intent", equalTo("scale up service/shop_asks"))
                        .body("rules[0].wishes[0].because", hasItem("alert/" + fingerprint))
                        .body("rules[0].wishes[0].decision.verdict", notNullValue())
                        .body("rules[0].conditions[0].standing", equalTo("HOLDS"))
                        .body(DOWN + ".conditions[0].standing", equalTo("FAILS"))
                        .body(
                                DOWN + ".conditions[0].nearest[0].constraint",
                                equalTo("labels[\"scale\"] == \"down\"")));

        when().get("/api/v1/why?subject=shop_asks&rule=scale down")
                .then()
                .statusCode(200)
                .body("rules", hasSize(1))
                .body("rules[0].wishes", hasSize(0))
                .body("rules[0].conditions[0].nearest[0].found[0].value", equalTo("\"up\""));
        when().get(
                        "/api/v1/rules/{name}/why?subject=shop_web",
                        "scale up a service whose alert asks for it")
                .then()
                .statusCode(200)
                .body("subject", equalTo("service/shop_web"))
                .body("rules[0].wishes", hasSize(0));
    }

    @Test
    void saysOfAPastMomentWhatWasKnownThen() {
        String fingerprint = UUID.randomUUID().toString().substring(0, 16);
        Instant before = requireNonNull(loop.picture().at());
        fires(fingerprint);
        await().untilAsserted(() ->
                when().get("/api/v1/why?alert={f}", fingerprint).then().statusCode(200));

        when().get("/api/v1/why?subject=shop_asks&rule=scale down&at={at}", before.toString())
                .then()
                .statusCode(200)
                .body("at", equalTo(before.toString()))
                .body("subject", equalTo("service/shop_asks"));
        when().get("/api/v1/why?alert={f}&at={at}", fingerprint, before.toString())
                .then()
                .statusCode(404);
        when().get("/api/v1/why?subject=shop_asks&at=2000-01-01T00:00:00Z")
                .then()
                .statusCode(404)
                .body("detail", containsString("history begins at"));
        when().get("/api/v1/why?subject=shop_asks&at=yesterday")
                .then()
                .statusCode(400)
                .body("detail", containsString("must be a time like"));
    }

    @Test
    void refusesNamesThatAreUnknownOrNotGiven() {
        when().get("/api/v1/why?subject=shop_wbe")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", containsString("nearest are service/shop_web"));
        when().get("/api/v1/why?subject=shop_web&rule=scale")
                .then()
                .statusCode(400)
                .body("detail", containsString("more than one rule has 'scale'"));
        when().get("/api/v1/why")
                .then()
                .statusCode(400)
                .body("detail", containsString("either subject or alert"));
        when().get("/api/v1/rules/x/why")
                .then()
                .statusCode(400)
                .body("detail", containsString("say about what"));
    }

    private void fires(String fingerprint) {
        given().contentType(ContentType.JSON)
                .body(
                        """
                        {"version": "4", "receiver": "homeostat", "status": "firing",
                         "truncatedAlerts": 0, "alerts": [{"status": "firing", "fingerprint": "%s",
                         "labels": {"alertname": "Load", "service": "shop_asks", "scale": "up"},
                         "annotations": {}, "startsAt": "%s", "endsAt": "0001-01-01T00:00:00Z"}]}\
                        """
                                .formatted(fingerprint, clock.instant()))
                .post("/api/v1/alerts")
                .then()
                .statusCode(202);
    }
}
