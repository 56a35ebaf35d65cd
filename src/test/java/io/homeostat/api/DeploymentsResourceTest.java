package io.homeostat.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.homeostat.engine.EngineLoop;
import io.homeostat.simulated.SimulatedCluster;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// Deployments over HTTP.
@QuarkusTest
@TestProfile(Parts.Deploying.class)
class DeploymentsResourceTest {
    private static final String DIGEST = "@sha256:" + "0".repeat(64);

    private final SimulatedCluster cluster;
    private final EngineLoop loop;

    DeploymentsResourceTest(SimulatedCluster cluster, EngineLoop loop) {
        this.cluster = cluster;
        this.loop = loop;
    }

    /// What happens in the cluster is seen.
    private void look() {
        cluster.advance(Instant.now()).forEach(loop::offer);
    }

    @Test
    void anImageIsAcceptedWithItsDigestAndFollowed() {
        awaitServices();
        String id =
                ask("shop_asks", "web:2")
                        .statusCode(202)
                        .body("image", equalTo("web:2" + DIGEST))
                        .body("state", equalTo("accepted"))
                        .extract()
                        .path("id");

        given().get("/api/v1/deployments/" + id).then().statusCode(200).body("id", equalTo(id));
        given().queryParam("service", "shop_asks")
                .get("/api/v1/deployments")
                .then()
                .statusCode(200)
                .body("items.id", hasItem(id));
        assertThat(ask("shop_asks", "web:2").statusCode(202).extract().<String>path("id"))
                .as("the same one while it is open")
                .isEqualTo(id);
    }

    @Test
    void anImageThatWasNotGoodIsRefusedUnlessItIsForced() {
        awaitServices();
        // It has two tasks, and stops one before the next: without the label people are asked.
        cluster.relabel(
                "shop_web", Map.of("homeostat.autonomy", "auto", "homeostat.disruption", "allow"));
        look();
        String id = ask("shop_web", "web:bad").statusCode(202).extract().path("id");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> {
                    look();
                    given().get("/api/v1/facts?type=Service")
                            .then()
                            .body("items.image", hasItem("web:bad" + DIGEST));
                });
        given().contentType(ContentType.JSON)
                .body(
                        """
                        {"version": "4", "receiver": "homeostat", "status": "firing", "truncatedAlerts": 0,
                         "alerts": [{"status": "firing", "fingerprint": "slow", "startsAt": "%s",
                         "labels": {"alertname": "Slow", "severity": "info", "service": "shop_web"},
                         "annotations": {}}]}
                        """
                                .formatted(Instant.now()))
                .post("/api/v1/alerts")
                .then()
                .statusCode(202);
        awaitState(id, "failed");

        ask("shop_web", "web:bad")
                .statusCode(409)
                .body("detail", containsString("is in quarantine"))
                .body("detail", containsString("alert Slow began"));
        given().contentType(ContentType.JSON)
                .body(
                        """
                        {"service": "shop_web", "image": "web:bad", "requestedBy": "ann",
                         "reason": "it was the network", "force": true}
                        """)
                .post("/api/v1/deployments")
                .then()
                .statusCode(202)
                .body("forced", equalTo(true));
    }

    private void awaitState(String id, String state) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> {
                    look();
                    given().get("/api/v1/deployments/" + id)
                            .then()
                            .statusCode(200)
                            .body("state", equalTo(state));
                });
    }

    @Test
    void aServiceThatIsNotThereIsNotFound() {
        awaitServices();
        ask("shop_none", "web:2")
                .statusCode(404)
                .body("detail", containsString("there is no service shop_none"));
    }

    @Test
    void anImageThatIsNotThereIsRefusedWithTheReason() {
        awaitServices();
        ask("shop_asks", "missing:1")
                .statusCode(422)
                .body("detail", containsString("there is no image missing:1"));
    }

    @Test
    void whoAndWhyAreWanted() {
        given().contentType(ContentType.JSON)
                .body("{\"service\":\"shop_web\",\"image\":\"web:2\",\"requestedBy\":\"ann\"}")
                .post("/api/v1/deployments")
                .then()
                .statusCode(400)
                .body("detail", containsString("\"reason\" is missing"));
    }

    @Test
    void oneThatIsNotThereIsNotFound() {
        given().get("/api/v1/deployments/none").then().statusCode(404);
    }

    private void awaitServices() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> {
                    look();
                    given().get("/api/v1/facts?type=Service")
                            .then()
                            .body("items.name", hasItem("shop_web"));
                });
    }

    private static ValidatableResponse ask(String service, String image) {
        return given().contentType(ContentType.JSON)
                .body(
                        "{\"service\":\"%s\",\"image\":\"%s\",\"requestedBy\":\"ann\",\"reason\":\"release\"}"
                                .formatted(service, image))
                .post("/api/v1/deployments")
                .then();
    }
}
