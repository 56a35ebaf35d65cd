package io.homeostat.api;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.homeostat.engine.Signal;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is told from outside, by whom it may be told, and how much of it. The bounds here: three
/// facts, of two values, of twenty characters, for an hour.
@QuarkusTest
@TestProfile(Parts.Open.class)
class CustomFactsTest {
    private static final String ORDERS = "/api/v1/facts/queue/orders";

    private final FailingStore store;

    CustomFactsTest(FailingStore store) {
        this.store = store;
    }

    @BeforeEach
    void forgetWhatWasAccepted() {
        store.accepted.clear();
    }

    @AfterEach
    void takeAllBack() {
        for (String key : new String[] {"orders", "a", "b", "c"}) {
            given().queryParam("by", "ann")
                    .queryParam("why", "the test is over")
                    .delete("/api/v1/facts/queue/" + key);
        }
        await().untilAsserted(() -> listed().body("items", hasSize(0)));
    }

    @Test
    void isOnDiskBeforeItIsAnsweredAndIsListed() {
        put(ORDERS, told("{\"depth\": 120, \"state\": \"ok\"}", "15m"))
                .statusCode(200)
                .body("subject", equalTo("custom/queue/orders"))
                .body("values.depth", equalTo("120"));

        assertThat(store.accepted).singleElement().isInstanceOf(Signal.FactPut.class);
        await().untilAsserted(() ->
                listed().body("items", hasSize(1))
                        .body("items[0].type", equalTo("CustomFact"))
                        .body("items[0].subject", equalTo("custom/queue/orders"))
                        .body("items[0].values.depth", equalTo("120"))
                        .body("items[0].by", equalTo("ann")));
    }

    @Test
    void isTakenBackAndThenIsNotThere() {
        put(ORDERS, told("{\"depth\": 1}", "15m")).statusCode(200);

        problem(given().when().delete(ORDERS).then(), 400);
        given().queryParam("by", "bob")
                .queryParam("why", "drained")
                .when()
                .delete(ORDERS)
                .then()
                .statusCode(204);
        await().untilAsserted(() -> listed().body("items", hasSize(0)));
        problem(
                        given().queryParam("by", "bob")
                                .queryParam("why", "again")
                                .when()
                                .delete(ORDERS)
                                .then(),
                        404)
                .body("detail", containsString("there is no custom/queue/orders"));
    }

    @Test
    void refusesOneMoreThanThereMayBeAndKeepsWhatThereIs() {
        for (String key : new String[] {"a", "b", "c"}) {
            put("/api/v1/facts/queue/" + key, told("{\"depth\": 1}", "15m")).statusCode(200);
        }

        problem(put(ORDERS, told("{\"depth\": 1}", "15m")), 409)
                .body("detail", containsString("homeostat.facts.max"));

        put("/api/v1/facts/queue/a", told("{\"depth\": 2}", "15m")).statusCode(200);
        await().untilAsserted(() -> listed().body("items", hasSize(3)));
    }

    @Test
    void takesNoPlaceWhenTheStoreRefuses() {
        store.broken = true;
        try {
            for (String key : new String[] {"a", "b", "c"}) {
                problem(put("/api/v1/facts/queue/" + key, told("{\"depth\": 1}", "15m")), 503);
            }
        } finally {
            store.broken = false;
        }

        put(ORDERS, told("{\"depth\": 1}", "15m")).statusCode(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/v1/facts/Queue/x | {'depth': 1} | 15m | \"kind\" says 'Queue'",
                "/api/v1/facts/queue/-x | {'depth': 1} | 15m | \"key\" says '-x'",
                "/api/v1/facts/queue/a%20b | {'depth': 1} | 15m | \"key\" says 'a b'",
                "/api/v1/facts/queue/x | {} | 15m | \"values\" is missing or empty",
                "/api/v1/facts/queue/x | {'a b': 1} | 15m | \"values\" says 'a b'",
                "/api/v1/facts/queue/x | {'a': 1, 'b': 1, 'c': 1} | 15m | at most 2 are kept",
                "/api/v1/facts/queue/x | {'a': '123456789012345678901'} | 15m | 21 characters",
                "/api/v1/facts/queue/x | {'a': {'b': 1}} | 15m | is nested",
                "/api/v1/facts/queue/x | {'a': null} | 15m | is null",
                "/api/v1/facts/queue/x | {'a': 1} | 2h | \"ttl\" is '2h'",
                "/api/v1/facts/queue/x | {'a': 1} | soon | \"ttl\" is 'soon'",
            })
    void saysWhatWouldBeRight(String address, String values, String ttl, String detail) {
        problem(put(address, told(values.replace('\'', '"'), ttl)), 400)
                .body("detail", containsString(detail));
        assertThat(store.accepted).isEmpty();
    }

    @Test
    void wantsWhoAndWhy() {
        problem(put(ORDERS, "{\"values\": {\"depth\": 1}, \"ttl\": \"1m\"}"), 400)
                .body("detail", containsString("\"by\" is missing"));
    }

    private static String told(String values, String ttl) {
        return "{\"values\": %s, \"ttl\": \"%s\", \"by\": \"ann\", \"why\": \"cron\"}"
                .formatted(values, ttl);
    }

    private static ValidatableResponse put(String address, String body) {
        return given().urlEncodingEnabled(false)
                .contentType(ContentType.JSON)
                .body(body)
                .when()
                .put(address)
                .then();
    }

    private static ValidatableResponse listed() {
        return when().get("/api/v1/facts?type=CustomFact").then().statusCode(200);
    }

    private static ValidatableResponse problem(ValidatableResponse response, int status) {
        return response.statusCode(status)
                .contentType("application/problem+json")
                .body("status", equalTo(status));
    }
}
