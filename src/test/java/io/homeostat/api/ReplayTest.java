package io.homeostat.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;

import io.homeostat.engine.EngineLoop;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Rules on recorded history, over HTTP.
@QuarkusTest
@TestProfile(Parts.Open.class)
class ReplayTest {
    private final EngineLoop loop;

    ReplayTest(EngineLoop loop) {
        this.loop = loop;
    }

    @BeforeEach
    void somethingIsRecorded() {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> loop.picture().turn() > 0);
    }

    private static ValidatableResponse replay(Map<String, Object> body) {
        return given().body(body)
                .contentType(ContentType.JSON)
                .when()
                .post("/api/v1/rules/replay")
                .then();
    }

    @Test
    void saysWhatWouldHaveBeenDecidedOtherwise() {
        replay(Map.of("since", "1h"))
                .statusCode(200)
                .body("turns", greaterThan(0))
                .body("totals.added", equalTo(0))
                .body("remarks", hasItem(containsString("does not react")));
    }

    @Test
    void refusesRulesThatAreNotSoundAndSaysWhere() {
        OpenDoorTest.problem(
                        replay(Map.of("files", Map.of("a.drl", "rule \"x\" when Nix() then end"))),
                        422)
                .body("detail", containsString("a.drl:1"));
    }

    @Test
    void refusesWhatIsNoTimeAndNoRuleFile() {
        OpenDoorTest.problem(replay(Map.of("since", "soon")), 400)
                .body("detail", containsString("since"));
        OpenDoorTest.problem(replay(Map.of("files", Map.of("a.txt", ""))), 400)
                .body("detail", containsString("a.txt"));
    }
}
