package io.homeostat.api;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a sender hears while the store takes nothing.
@QuarkusTest
@TestProfile(Parts.Open.class)
class UnstoredTest {
    private static final Path SAMPLES = Path.of("src/test/resources/alertmanager");

    private final FailingStore store;

    UnstoredTest(FailingStore store) {
        this.store = store;
    }

    @BeforeEach
    void forgetWhatWasAccepted() {
        store.accepted.clear();
    }

    @AfterEach
    void mendTheStore() {
        store.broken = false;
        store.full = false;
    }

    @Test
    void takesNothingThatItCannotStore() throws Exception {
        store.broken = true;

        OpenDoorTest.problem(
                        given().body(Files.readAllBytes(SAMPLES.resolve("09-repeated-first.json")))
                                .contentType(ContentType.JSON)
                                .when()
                                .post("/api/v1/alerts")
                                .then(),
                        503)
                .header("Retry-After", notNullValue())
                .body("detail", containsString("send them again"));
        OpenDoorTest.problem(when().get("/api/v1/decisions").then(), 503);
        when().get("/api/v1/status")
                .then()
                .statusCode(200)
                .body("storeOk", equalTo(false))
                .body("store.reason", containsString("the disk is full"));
        when().get("/q/health/ready").then().statusCode(503);
        when().get("/q/health/live").then().statusCode(200);
        assertThat(store.accepted).isEmpty();
    }

    @Test
    void asksToComeAgainWhileTooMuchWaitsAndThenTakesIt() throws Exception {
        byte[] body = Files.readAllBytes(SAMPLES.resolve("09-repeated-first.json"));
        store.full = true;
        OpenDoorTest.problem(
                        given().body(body)
                                .contentType(ContentType.JSON)
                                .when()
                                .post("/api/v1/alerts")
                                .then(),
                        503)
                .header("Retry-After", notNullValue());
        assertThat(store.accepted).isEmpty();
        when().get("/api/v1/status").then().body("storeOk", equalTo(true));

        store.full = false;
        given().body(body)
                .contentType(ContentType.JSON)
                .when()
                .post("/api/v1/alerts")
                .then()
                .statusCode(202);
        assertThat(store.accepted).hasSize(1);
    }
}
