package io.homeostat.api;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.homeostat.action.Undertaking;
import io.homeostat.engine.EngineLoop;
import io.homeostat.engine.Signal;
import io.homeostat.fact.Service;
import io.homeostat.simulated.SimulatedCluster;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What people are asked, what they say, and what would have been done without them.
@QuarkusTest
@TestProfile(Parts.Answering.class)
class AnsweringTest {
    private final FailingStore store;
    private final EngineLoop loop;
    private final SimulatedCluster cluster;
    private final InstantSource clock;

    AnsweringTest(
            FailingStore store, EngineLoop loop, SimulatedCluster cluster, InstantSource clock) {
        this.store = store;
        this.loop = loop;
        this.cluster = cluster;
        this.clock = clock;
    }

    @BeforeEach
    void lookAtTheCluster() {
        cluster.advance(clock.instant()).forEach(loop::offer);
        await().until(() -> loop.picture().facts().stream().anyMatch(Service.class::isInstance));
        store.accepted.clear();
    }

    @Test
    void whatIsAskedIsShownWithAPreviewAndDoneWhenItIsApproved() {
        String id = asked();
        when().get("/api/v1/approvals")
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].action", equalTo("scale service/shop_asks from 2 to 3"))
                .body("items[0].expires", notNullValue())
                .body("items[0].now.verdict", equalTo("ask"))
                .body("items[0].now.reason", containsString("asks before it may"))
                .body("items[0].now.objections.guard", hasItem("autonomy"));
        problem(said(Map.of("by", "ann")).post("/api/v1/decisions/{id}/approve", id).then(), 400)
                .body("detail", containsString("\"why\" is missing"));
        store.accepted.clear();

        answer(id, "approve")
                .statusCode(202)
                .body("answer", equalTo("approved"))
                .body("text", equalTo("scale service/shop_asks from 2 to 3"));

        assertThat(store.accepted).hasAtLeastOneElementOfType(Signal.ApprovalAnswered.class);
        await().untilAsserted(() ->
                when().get("/api/v1/actions?subject=service/shop_asks")
                        .then()
                        .body("items.text", hasItem("scale service/shop_asks from 2 to 3")));
        await().until(() ->
                loop.picture().unsettled().stream()
                        .anyMatch(each -> each.state() == Undertaking.State.TAKEN));
        when().get("/api/v1/timeline?kind=approval")
                .then()
                .body("items.text", hasItem(containsString("ann approves to scale")));
        when().get("/api/v1/approvals").then().body("items.id", not(hasItem(id)));
        problem(answer(id, "reject"), 409).body("detail", containsString(id));

        freezesWhatIsInTheAir();
        undoes(
                when().get("/api/v1/actions?subject=service/shop_asks&kind=scale")
                        .then()
                        .extract()
                        .path("items[0].id"));
    }

    private static void freezesWhatIsInTheAir() {
        Map<String, String> freeze =
                Map.of("scope", "subject", "by", "ann", "why", "closing", "for", "1s");
        Map<String, String> ours = new TreeMap<>(freeze);
        ours.put("value", "service/shop_asks");
        said(ours)
                .post("/api/v1/freezes")
                .then()
                .statusCode(201)
                .body("inTheAir", hasSize(1))
                .body("inTheAir[0].text", equalTo("scale service/shop_asks from 2 to 3"))
                .body("inTheAir[0].state", notNullValue())
                .body("inTheAir[0].fate", notNullValue());
        Map<String, String> others = new TreeMap<>(freeze);
        others.put("value", "service/shop_web");
        said(others).post("/api/v1/freezes").then().body("inTheAir", hasSize(0));
    }

    private void undoes(String action) {
        when().get("/api/v1/actions/{id}/undo", action)
                .then()
                .statusCode(200)
                .body("text", equalTo("scale service/shop_asks to 2"))
                .body("decision.verdict", notNullValue())
                .body("decision.reason", containsString("service/shop_asks"))
                .body("freezes[0]", containsString("on service/shop_asks is frozen"));
        assertThat(store.accepted).noneMatch(Signal.UndoOrdered.class::isInstance);

        String freeze =
                said(Map.of("by", "ann", "why", "too much"))
                        .post("/api/v1/actions/{id}/undo", action)
                        .then()
                        .statusCode(202)
                        .body("text", equalTo("scale service/shop_asks to 2"))
                        .extract()
                        .path("freezes[0].id");
        assertThat(store.accepted).hasAtLeastOneElementOfType(Signal.UndoOrdered.class);
        await().untilAsserted(() ->
                when().get("/api/v1/freezes")
                        .then()
                        .body("items.id", hasItem(freeze))
                        .body("items.scope", hasItem("rule-on-subject")));
        problem(when().get("/api/v1/actions/a0.none/undo").then(), 404)
                .body("detail", containsString("no action 'a0.none'"));
    }

    @Test
    void saysWhyAnAnswerIsOfNoUse() {
        problem(answer("d0.none", "approve"), 404)
                .body("detail", containsString("no decision 'd0.none'"));
        given().contentType(ContentType.JSON)
                .body(
                        """
                        {"verb": "scale", "subject": "service/shop_web", "replicas": 2,
                         "by": "ann", "why": "sale"}\
                        """)
                .post("/api/v1/requests")
                .then()
                .statusCode(202);
        await().untilAsserted(() ->
                when().get("/api/v1/decisions?subject=service/shop_web")
                        .then()
                        .body("items.id", not(hasSize(0))));
        String refused =
                when().get("/api/v1/decisions?subject=service/shop_web")
                        .then()
                        .extract()
                        .path("items[0].id");

        problem(answer(refused, "approve"), 409)
                .body("detail", containsString("asks nothing: its verdict is"));
    }

    @Test
    void countsWhatWouldHaveBeenDone() {
        when().get("/api/v1/decisions/shadow?since=30d")
                .then()
                .statusCode(200)
                .body("items", hasSize(0));
        problem(when().get("/api/v1/decisions/shadow?since=soon").then(), 400)
                .body("detail", containsString("a time like"));
    }

    /// Fires an alert whose action asks, and gives the decision that does.
    private String asked() {
        String alert =
                """
                {"version": "4", "receiver": "homeostat", "status": "firing",
                 "truncatedAlerts": 0, "alerts": [{"status": "firing", "fingerprint": "%s",
                 "labels": {"alertname": "Busy", "service": "shop_asks", "scale": "up"},
                 "annotations": {}, "startsAt": "%s", "endsAt": "0001-01-01T00:00:00Z"}]}\
                """
                        .formatted(UUID.randomUUID().toString().substring(0, 16), clock.instant());
        given().contentType(ContentType.JSON)
                .body(alert)
                .post("/api/v1/alerts")
                .then()
                .statusCode(202);
        await().untilAsserted(
                        () -> when().get("/api/v1/approvals").then().body("items", hasSize(1)));
        return when().get("/api/v1/approvals").then().extract().path("items[0].id");
    }

    private static RequestSpecification said(Map<String, String> body) {
        return given().contentType(ContentType.JSON).body(body);
    }

    private static ValidatableResponse answer(String id, String verb) {
        return said(Map.of("by", "ann", "why", "go on"))
                .post("/api/v1/decisions/{id}/{verb}", id, verb)
                .then();
    }

    private static ValidatableResponse problem(ValidatableResponse response, int status) {
        return response.statusCode(status)
                .contentType("application/problem+json")
                .body("status", equalTo(status));
    }
}
