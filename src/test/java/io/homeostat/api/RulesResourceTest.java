package io.homeostat.api;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasLength;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(Parts.Open.class)
class RulesResourceTest {
    @Test
    void rulesAreListedWithWhatTheySayOfThemselves() {
        when().get("/api/v1/rules")
                .then()
                .statusCode(200)
                .body("rulebook", hasLength(64))
                .body("source", equalTo("the program itself"))
                .body("watched", equalTo(false))
                .body("isRefused", equalTo(false))
                .body("rules.name", hasItem("scale up a service whose alert asks for it"))
                .body("rules.version", everyItem(hasLength(12)))
                .body("rules.file", everyItem(notNullValue()))
                .body("faults.size()", equalTo(0));
    }

    @Test
    void aReloadOfWhatIsInForceChangesNothingAndSaysSo() {
        given().contentType(ContentType.JSON)
                .body("{\"by\": \"ann\"}")
                .when()
                .post("/api/v1/rules/reload")
                .then()
                .statusCode(200)
                .body("result", equalTo("unchanged"))
                .body("attempt.by", equalTo("ann"))
                .body("text", containsString("in force already"));
    }

    @Test
    void aReloadNeedsNoBody() {
        when().post("/api/v1/rules/reload")
                .then()
                .statusCode(200)
                .body("result", equalTo("unchanged"));
    }

    @Test
    void anUndoWithNothingBeforeIsAProblemThatSaysWhy() {
        given().contentType(ContentType.JSON)
                .body("{}")
                .when()
                .post("/api/v1/rules/undo")
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("detail", containsString("no rules before these"));
    }
}
