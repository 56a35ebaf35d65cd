package io.homeostat.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The API with a token configured.
@QuarkusTest
@TestProfile(Parts.Locked.class)
class LockedDoorTest {
    private static final String FREEZE =
            """
            {"scope": "rule", "value": "r", "by": "ann", "why": "x", "for": "1m"}\
            """;

    private final FailingStore store;

    LockedDoorTest(FailingStore store) {
        this.store = store;
    }

    @BeforeEach
    void forgetWhatWasAccepted() {
        store.accepted.clear();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/v1/alerts",
        "POST, /api/v1/freezes",
        "POST, /api/v1/requests",
        "DELETE, /api/v1/freezes/x",
        "PUT, /api/v1/facts/queue/orders",
        "DELETE, /api/v1/facts/queue/orders",
        "PUT, /api/v1/anything",
    })
    void wantsTheTokenForEveryChange(String method, String address) {
        for (String header :
                new String[] {
                    "",
                    "Bearer",
                    "Bearer wrong",
                    "Bearer " + Parts.TOKEN + "x",
                    basic("wrong"),
                    "Basic !!!",
                    "Digest " + Parts.TOKEN
                }) {
            given().headers("Authorization", header)
                    .when()
                    .request(method, address)
                    .then()
                    .statusCode(401)
                    .contentType("application/problem+json")
                    .header("WWW-Authenticate", containsString("Bearer"))
                    .body(not(containsString(Parts.TOKEN)));
        }
        assertThat(store.accepted).isEmpty();
    }

    @Test
    void opensWithTheTokenInBothForms() {
        for (String header : new String[] {"Bearer " + Parts.TOKEN, basic(Parts.TOKEN)}) {
            given().header("Authorization", header)
                    .contentType(ContentType.JSON)
                    .body(FREEZE)
                    .when()
                    .post("/api/v1/freezes")
                    .then()
                    .statusCode(201);
        }
        given().header("Authorization", basic(Parts.TOKEN))
                .body("{}")
                .when()
                .post("/api/v1/alerts")
                .then()
                .statusCode(400);
    }

    @Test
    void letsEverybodyLookUnderAnyName() {
        given().header("Host", "homeostat.example")
                .when()
                .get("/api/v1/freezes")
                .then()
                .statusCode(200);
    }

    private static String basic(String password) {
        byte[] bytes = ("alertmanager:" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(bytes);
    }
}
