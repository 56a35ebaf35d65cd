package io.homeostat.api;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.homeostat.engine.EngineLoop;
import io.homeostat.engine.Signal;
import io.homeostat.fact.Service;
import io.homeostat.simulated.SimulatedCluster;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The API without credentials, on loopback, as a neighbour sees it.
@QuarkusTest
@TestProfile(Parts.Open.class)
class OpenDoorTest {
    private static final Path SAMPLES = Path.of("src/test/resources/alertmanager");

    private final FailingStore store;
    private final EngineLoop loop;
    private final SimulatedCluster cluster;
    private final InstantSource clock;

    OpenDoorTest(
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
    void takesAlertsAndShowsThem() throws Exception {
        given().body(Files.readAllBytes(SAMPLES.resolve("01-single-firing.json")))
                .contentType(ContentType.JSON)
                .when()
                .post("/api/v1/alerts")
                .then()
                .statusCode(202)
                .body("taken", equalTo(1))
                .body("unsound", equalTo(0));

        assertThat(store.accepted).singleElement().isInstanceOf(Signal.AlertsReceived.class);
        await().untilAsserted(() ->
                when().get("/api/v1/facts?type=Alert")
                        .then()
                        .statusCode(200)
                        .body("items.type", everyItem(equalTo("Alert")))
                        .body("items.fingerprint", hasItem("235f77db6d1c789b"))
                        .body("items[0].status", equalTo("FIRING"))
                        .body("items[0].startsAt", notNullValue())
                        .body("items[0].labels", notNullValue())
                        .body("items[0].account", notNullValue())
                        .body("next", nullValue()));
        await().untilAsserted(() ->
                when().get("/q/metrics")
                        .then()
                        .statusCode(200)
                        .body(containsString("homeostat_signals_total"))
                        .body(containsString("homeostat_alerts{account=\"new\"}"))
                        .body(containsString("homeostat_turn_seconds_bucket")));
    }

    @Test
    void saysWhoLeadsAndUntilWhen() {
        when().get("/api/v1/status")
                .then()
                .statusCode(200)
                .body("lease.state", equalTo("leads"))
                .body("lease.text", equalTo("this process leads (epoch 0)"))
                .body("lease.epoch", equalTo(0))
                .body("lease.until", notNullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "[]", "{}", "{\"alerts\":7}", "{\"alerts\":[7]}"})
    void refusesGarbageAndCountsIt(String garbage) {
        double before = refused();

        problem(given().body(garbage).when().post("/api/v1/alerts").then(), 400)
                .body("instance", equalTo("/api/v1/alerts"));

        assertThat(store.accepted).isEmpty();
        await().until(() -> refused() == before + 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 30})
    void refusesBodiesThatAreTooLong(int megabytes) {
        problem(
                        given().body(new byte[megabytes * 1024 * 1024])
                                .when()
                                .post("/api/v1/alerts")
                                .then(),
                        413)
                .body("detail", containsString("bytes"));
        assertThat(store.accepted).isEmpty();
    }

    @Test
    void refusesDeepNesting() {
        problem(given().body("[".repeat(200_000)).when().post("/api/v1/alerts").then(), 400)
                .body("detail", containsString("nested deeper"));
    }

    @Test
    void saysWhatIsWrongWithTheAddressOrTheMethod() {
        problem(when().get("/api/v1/nothing").then(), 404);
        problem(when().get("/nothing").then(), 404);
        problem(when().put("/api/v1/status").then(), 405);
        problem(
                given().contentType("text/plain").body("x").when().post("/api/v1/requests").then(),
                415);
        problem(
                        given().contentType(ContentType.JSON)
                                .body("{\"verb\": }")
                                .when()
                                .post("/api/v1/requests")
                                .then(),
                        400)
                .body("detail", containsString("line 1"));
        problem(
                        given().contentType(ContentType.JSON)
                                .body("{\"replicas\": \"many\"}")
                                .when()
                                .post("/api/v1/requests")
                                .then(),
                        400)
                .body("detail", containsString("could not be read"));
        problem(given().contentType(ContentType.JSON).when().post("/api/v1/requests").then(), 400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/v1/facts?type=Car | no type of fact",
                "/api/v1/facts?limit=0 | from 1 to 1000",
                "/api/v1/facts?cursor=x | no cursor",
                "/api/v1/decisions?limit=1001 | from 1 to 1000",
                "/api/v1/decisions?cursor=x | no cursor",
                "/api/v1/decisions?colour=red | no filter of this list",
            })
    void saysWhatIsWrongWithAQuery(String address, String detail) {
        problem(when().get(address).then(), 400).body("detail", containsString(detail));
    }

    @ParameterizedTest
    @ValueSource(strings = {"decisions", "actions", "incidents", "timeline"})
    void listsHistory(String list) {
        when().get("/api/v1/{list}?subject=service/none", list)
                .then()
                .statusCode(200)
                .body("items", hasSize(0))
                .body("next", nullValue());
    }

    @Test
    void pagesFacts() {
        String next =
                when().get("/api/v1/facts?limit=2")
                        .then()
                        .statusCode(200)
                        .body("items", hasSize(2))
                        .extract()
                        .path("next");
        String first =
                when().get("/api/v1/facts?limit=2").then().extract().path("items[0].subject");
        when().get("/api/v1/facts?limit=2&cursor={next}", next)
                .then()
                .statusCode(200)
                .body("items.subject", not(hasItem(first)));
    }

    @Test
    void freezesAndThaws() {
        String id =
                given().contentType(ContentType.JSON)
                        .body(
                                """
                                {"scope": "subject", "value": "service/shop_web", "by": "ann",
                                 "why": "closing", "for": "1h30m"}\
                                """)
                        .when()
                        .post("/api/v1/freezes")
                        .then()
                        .statusCode(201)
                        .body("freeze.scope", equalTo("subject"))
                        .body("inTheAir", notNullValue())
                        .extract()
                        .path("freeze.id");
        assertThat(store.accepted)
                .singleElement()
                .isInstanceOfSatisfying(
                        Signal.FreezeSet.class,
                        set ->
                                assertThat(
                                                Duration.between(
                                                        set.freeze().at(), set.freeze().until()))
                                        .isEqualTo(Duration.ofMinutes(90)));
        await().untilAsserted(
                        () -> when().get("/api/v1/freezes").then().body("items.id", hasItem(id)));

        problem(when().delete("/api/v1/freezes/{id}?by=ann", id).then(), 400)
                .body("detail", containsString("\"why\" is missing"));
        problem(when().delete("/api/v1/freezes/none?by=ann&why=x").then(), 404)
                .body("detail", containsString("no freeze 'none'"));
        when().delete("/api/v1/freezes/{id}?by=ann&why=done", id).then().statusCode(204);
        await().untilAsserted(() ->
                when().get("/api/v1/freezes").then().body("items.id", not(hasItem(id))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | \"scope\" is missing",
                "{\"scope\":\"sky\"} | must be everything, kind, subject, rule or rule-on-subject",
                "{\"scope\":\"kind\",\"value\":\"fly\"} | no kind of action",
                "{\"scope\":\"subject\",\"value\":\"shop\"} | not a subject",
                "{\"scope\":\"everything\"} | \"by\" is missing",
                "{\"scope\":\"everything\",\"by\":\"ann\"} | \"why\" is missing",
                "{\"scope\":\"everything\",\"by\":\"ann\",\"why\":\"x\"} | \"for\" is missing",
                "{\"scope\":\"everything\",\"by\":\"ann\",\"why\":\"x\",\"for\":\"0s\"} | a time like",
                "{\"scope\":\"everything\",\"by\":\"ann\",\"why\":\"x\",\"for\":\"31d\"} | 30 days",
                "{\"scope\":\"everything\",\"by\":\"ann\",\"why\":\"x\",\"for\":\"soon\"} | a time like",
            })
    void saysWhatIsWrongWithAFreeze(String body, String detail) {
        problem(
                        given().contentType(ContentType.JSON)
                                .body(body)
                                .when()
                                .post("/api/v1/freezes")
                                .then(),
                        400)
                .body("detail", containsString(detail));
        assertThat(store.accepted).isEmpty();
    }

    @Test
    void takesARequest() {
        given().contentType(ContentType.JSON)
                .body(
                        """
                        {"verb": "scale", "subject": "service/shop_web", "replicas": 3,
                         "override": ["pace"], "by": "ann", "why": "sale"}\
                        """)
                .when()
                .post("/api/v1/requests")
                .then()
                .statusCode(202)
                .body("text", equalTo("scale service/shop_web to 3"))
                .body("override", equalTo(List.of("pace")))
                .body("expires", notNullValue());

        await().untilAsserted(() ->
                when().get("/api/v1/actions?subject=service/shop_web")
                        .then()
                        .body("items.kind", hasItem("scale")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | {\"verb\":\"fly\",\"subject\":\"service/shop_web\",\"by\":\"a\",\"why\":\"b\"} | scale, restart and rollback",
                "400 | {\"verb\":\"scale\",\"subject\":\"service/shop_web\",\"by\":\"a\",\"why\":\"b\"} | needs the parameter replicas",
                "400 | {\"verb\":\"scale\",\"subject\":\"service/shop_web\",\"replicas\":101,\"by\":\"a\",\"why\":\"b\"} | from 0 to 100",
                "400 | {\"verb\":\"restart\",\"subject\":\"node/n1\",\"by\":\"a\",\"why\":\"b\"} | drain and activate",
                "400 | {\"verb\":\"restart\",\"subject\":\"service/shop_web\",\"why\":\"b\"} | \"by\" is missing",
                "400 | {\"verb\":\"restart\",\"subject\":\"service/shop_web\",\"override\":[\"quorum\"],\"by\":\"a\",\"why\":\"b\"} | cannot be overridden",
                "404 | {\"verb\":\"restart\",\"subject\":\"service/gone\",\"by\":\"a\",\"why\":\"b\"} | there is no service/gone",
            })
    void saysWhatIsWrongWithARequest(int status, String body, String detail) {
        problem(
                        given().contentType(ContentType.JSON)
                                .body(body)
                                .when()
                                .post("/api/v1/requests")
                                .then(),
                        status)
                .body("detail", containsString(detail));
        assertThat(store.accepted).isEmpty();
    }

    @Test
    void saysHowItIs() {
        when().get("/api/v1/status")
                .then()
                .statusCode(200)
                .body("cluster", equalTo("test"))
                .body("autonomy", equalTo("auto"))
                .body("scope", equalTo("all"))
                .body("version", equalTo("0.0-test"))
                .body("storeOk", equalTo(true))
                .body("store.reason", nullValue())
                .body("store.bytes", notNullValue())
                .body("rulebook", notNullValue())
                .body("watchers.name", hasItems("services", "tasks", "nodes"))
                .body("watchers[0].ageSeconds", notNullValue())
                .body("loop.lagMillis", notNullValue());
        await().untilAsserted(() -> when().get("/q/health/ready").then().statusCode(200));
        when().get("/q/openapi")
                .then()
                .statusCode(200)
                .body(containsString("/api/v1/alerts"), containsString("Stop actions for a while"));
    }

    @ParameterizedTest
    @CsvSource({
        "POST, Origin, https://evil.example",
        "POST, Origin, null",
        "POST, Host, evil.example",
        "GET, Host, evil.example:8080",
        "GET, Host, 127.0.0.1.evil.example",
    })
    void hearsNobodyFromElsewhere(String method, String header, String value) {
        problem(
                given().header(header, value).when().request(method, "/api/v1/freezes").then(),
                403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:3000", "http://127.0.0.1:8080", "http://[::1]:8080"})
    void hearsNeighbours(String origin) {
        given().header("Origin", origin).when().get("/api/v1/freezes").then().statusCode(200);
    }

    private static double refused() {
        return when().get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith("homeostat_intake_refused_total"))
                .filter(line -> line.contains("alerts") && line.contains("400"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    static ValidatableResponse problem(ValidatableResponse response, int status) {
        return response.statusCode(status)
                .contentType("application/problem+json")
                .body("status", equalTo(status))
                .body("title", notNullValue())
                .body("type", notNullValue())
                .body("detail", notNullValue());
    }
}
