package io.homeostat.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(Parts.Open.class)
class RuleCheckDoorTest {
    private static final String PATH = "/api/v1/rules/check";

    @Test
    void saysWhatIsWrongAndWhatIsFound() {
        String rule =
                """
                rule "a"
                when
                    $alert : Alert( firing, name == "a", name == "b", $service : service != null )
                then
                    insertLogical( restart( $service ).because( $alert ) );
                end
                """;
        String broken = rule.replace("firing", "fireing").replace("\"a\"", "\"b\"");

        given().body(Map.of("files", Map.of("a.drl", rule, "b.drl", broken)))
                .contentType(ContentType.JSON)
                .when()
                .post(PATH)
                .then()
                .statusCode(200)
                .body("rules", equalTo(2))
                .body("items.file", contains("a.drl", "a.drl", "b.drl"))
                .body("items.finding", contains("no-owner", "never-fires", ""))
                .body("items[2].severity", equalTo("error"))
                .body("items[2].column", equalTo(21))
                .body(
                        "items[2].message",
                        equalTo("Alert has no field `fireing`; did you mean `firing`?"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"files\":{}}", "{\"files\":{\"a.drl\":null}}", "[]"})
    void saysWhatToSendInstead(String body) {
        OpenDoorTest.problem(
                given().body(body).contentType(ContentType.JSON).when().post(PATH).then(), 400);
    }
}
