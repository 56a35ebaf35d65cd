package io.homeostat.alertmanager;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.homeostat.engine.Signal.AlertsReceived;
import io.homeostat.engine.Signal.ReportedAlert;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WebhookBodyTest {
    private static final Path SAMPLES = Path.of("src/test/resources/alertmanager");
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final String SOUND =
            """
            {"status":"firing","labels":{"alertname":"A"},"annotations":{},\
            "startsAt":"2026-11-23T10:00:00Z","endsAt":"0001-01-01T00:00:00Z","fingerprint":"f1"}\
            """;

    private final WebhookBody body = new WebhookBody(WebhookBody.Bounds.DEFAULT);

    static Stream<Path> samples() throws IOException {
        try (Stream<Path> files = Files.list(SAMPLES)) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void takesWhatARealAlertmanagerSent(Path sample) throws IOException {
        byte[] bytes = Files.readAllBytes(sample);
        JsonNode sent = new ObjectMapper().readTree(bytes);

        WebhookBody.Taken taken = taken(bytes);

        AlertsReceived signal = taken.signal();
        assertThat(taken.faults()).isEmpty();
        assertThat(signal.receiver()).isEqualTo(sent.path("receiver").asText());
        assertThat(signal.truncated()).isEqualTo(sent.path("truncatedAlerts").asInt());
        assertThat(signal.alerts()).hasSize(sent.path("alerts").size());
        for (int i = 0; i < signal.alerts().size(); i++) {
            ReportedAlert alert = signal.alerts().get(i);
            JsonNode raw = sent.path("alerts").get(i);
            boolean firing = raw.path("status").asText().equals("firing");
            assertThat(alert.firing()).isEqualTo(firing);
            assertThat(alert.endsAt() == null).isEqualTo(firing);
            assertThat(alert.fingerprint()).isEqualTo(raw.path("fingerprint").asText());
            assertThat(alert.startsAt()).isEqualTo(Instant.parse(raw.path("startsAt").asText()));
            assertThat(new ObjectMapper().<JsonNode>valueToTree(alert.labels()))
                    .isEqualTo(raw.path("labels"));
            assertThat(new ObjectMapper().<JsonNode>valueToTree(alert.annotations()))
                    .isEqualTo(raw.path("annotations"));
        }
    }

    @Test
    void readsARepeatAsTheSameSignal() throws IOException {
        assertThat(taken(Files.readAllBytes(SAMPLES.resolve("09-repeated-first.json"))).signal())
                .isEqualTo(
                        taken(Files.readAllBytes(SAMPLES.resolve("10-repeated-second.json")))
                                .signal());
    }

    static Stream<Arguments> garbage() {
        return Stream.of(
                Arguments.of("", 400, "not JSON|not a JSON object"),
                Arguments.of("hello", 400, "not JSON"),
                Arguments.of("{\"alerts\":[" + SOUND + "]", 400, "not JSON"),
                Arguments.of("{\"alerts\":[" + SOUND + "]} {}", 400, "not JSON"),
                Arguments.of("[]", 400, "not a JSON object"),
                Arguments.of("null", 400, "not a JSON object"),
                Arguments.of("42", 400, "not a JSON object"),
                Arguments.of("{}", 400, "no \"alerts\""),
                Arguments.of("{\"alerts\":{}}", 400, "not an array"),
                Arguments.of("{\"alerts\":null}", 400, "not an array"),
                Arguments.of("{\"alerts\":\"x\"}", 400, "not an array"),
                Arguments.of("{\"alerts\":[]}", 400, "empty"),
                Arguments.of(
                        "{\"version\":\"3\",\"alerts\":[" + SOUND + "]}", 400, "reads version 4"),
                Arguments.of("[".repeat(100_000), 400, "nested deeper than 50"),
                Arguments.of(
                        "{\"alerts\":" + "[".repeat(60) + "]".repeat(60) + "}",
                        400,
                        "nested deeper than 50"),
                alone("7", "is not an object"),
                alone(without("\"status\":\"firing\","), "firing or resolved"),
                alone(with("\"firing\"", "\"pending\""), "firing or resolved"),
                alone(with("\"firing\"", "[1]"), "firing or resolved"),
                alone(with("{\"alertname\":\"A\"}", "{}"), "labels are missing or empty"),
                alone(without("\"labels\":{\"alertname\":\"A\"},"), "labels are missing"),
                alone(with("{\"alertname\":\"A\"}", "[]"), "not an object"),
                alone(with("{\"alertname\":\"A\"}", "{\"a\":1}"), "not a text"),
                alone(with("{\"alertname\":\"A\"}", "{\"a\":null}"), "not a text"),
                alone(with("\"annotations\":{}", "\"annotations\":7"), "not an object"),
                alone(with("2026-11-23T10:00:00Z", "yesterday"), "must be a date"),
                alone(with("2026-11-23T10:00:00Z", "2026-13-45T10:00:00Z"), "must be a date"),
                alone(with("2026-11-23T10:00:00Z", "0001-01-01T00:00:00Z"), "before 1970"),
                alone(with("\"2026-11-23T10:00:00Z\"", "1763892000"), "must be a date"),
                alone(with("\"f1\"", "\"\""), "fingerprint"),
                alone(with("\"f1\"", "\"homeostat:CrashLoop:service/web\""), "own alerts"),
                alone(without(",\"fingerprint\":\"f1\""), "fingerprint is missing"),
                alone(with("{\"alertname\":\"A\"}", labels(201)), "201 labels"),
                alone(
                        with("{\"alertname\":\"A\"}", "{\"a\":\"" + "x".repeat(65_537) + "\"}"),
                        "65537 characters"));
    }

    private static Arguments alone(String alert, String detail) {
        return Arguments.of("{\"alerts\":[" + alert + "]}", 400, detail);
    }

    private static String with(String what, String instead) {
        assertThat(SOUND).contains(what);
        return SOUND.replace(what, instead);
    }

    private static String without(String what) {
        return with(what, "");
    }

    private static String labels(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"l" + i + "\":\"v\"")
                .collect(Collectors.joining(",", "{", "}"));
    }

    @ParameterizedTest
    @MethodSource("garbage")
    void refusesABodyInWhichNoAlertCanBeRead(String text, int status, String detail) {
        WebhookBody.Reading reading = body.read(text.getBytes(UTF_8), NOW);

        assertThat(reading)
                .isInstanceOfSatisfying(
                        WebhookBody.BadBody.class,
                        bad -> {
                            assertThat(bad.status()).isEqualTo(status);
                            assertThat(bad.detail()).containsPattern(detail).hasSizeLessThan(400);
                        });
    }

    @Test
    void refusesABodyOfTwelveMegabytes() {
        assertThat(body.read(new byte[12 * 1024 * 1024], NOW))
                .isInstanceOfSatisfying(
                        WebhookBody.BadBody.class,
                        bad -> {
                            assertThat(bad.status()).isEqualTo(413);
                            assertThat(bad.detail()).contains("10485760 bytes", "max_alerts");
                        });
    }

    @Test
    void refusesBytesThatAreNoUtf8() {
        byte[] bytes = SOUND.getBytes(UTF_8);
        bytes[30] = (byte) 0xff;
        assertThat(body.read(bytes, NOW)).isInstanceOf(WebhookBody.BadBody.class);
        assertThat(body.read("é{".getBytes(UTF_16), NOW)).isInstanceOf(WebhookBody.BadBody.class);
    }

    @Test
    void oneBadAlertLosesOnlyItself() {
        String bad = with("2026-11-23T10:00:00Z", "never");
        String other = with("\"f1\"", "\"f2\"");

        WebhookBody.Taken taken =
                taken("{\"alerts\":[%s,%s,%s]}".formatted(SOUND, bad, other).getBytes(UTF_8));

        assertThat(taken.signal().alerts())
                .extracting(ReportedAlert::fingerprint)
                .containsExactly("f1", "f2");
        assertThat(taken.signal().unsound()).isEqualTo(1);
        assertThat(taken.signal().raw()).contains("\"startsAt\":\"never\"");
        assertThat(taken.faults())
                .singleElement()
                .asString()
                .startsWith("alerts[1]: startsAt is \"never\"");
    }

    @Test
    void countsAlertsBeyondTheBoundAsLeftOut() {
        WebhookBody narrow = new WebhookBody(new WebhookBody.Bounds(1_000_000, 50, 2, 200, 65_536));

        WebhookBody.Reading reading =
                narrow.read(
                        "{\"truncatedAlerts\":4,\"alerts\":[%1$s,%1$s,%1$s]}"
                                .formatted(SOUND)
                                .getBytes(UTF_8),
                        NOW);

        assertThat(reading)
                .isInstanceOfSatisfying(
                        WebhookBody.Taken.class,
                        taken -> {
                            assertThat(taken.signal().alerts()).hasSize(2);
                            assertThat(taken.signal().truncated()).isEqualTo(5);
                        });
    }

    @Test
    void takesAFiringBodyWithAResolvedAlertThatDoesNotSayWhenItEnded() {
        String resolved = with("\"firing\"", "\"resolved\"").replace("\"f1\"", "\"f2\"");

        AlertsReceived signal =
                taken(
                                "{\"status\":\"firing\",\"alerts\":[%s,%s]}"
                                        .formatted(SOUND, resolved)
                                        .getBytes(UTF_8))
                        .signal();

        assertThat(signal.alerts()).extracting(ReportedAlert::firing).containsExactly(true, false);
        assertThat(signal.alerts().get(1).endsAt()).isEqualTo(NOW);
    }

    @Test
    void passesOverFieldsItDoesNotKnow() {
        AlertsReceived signal =
                taken(
                                "{\"new\":{\"deep\":[1]},\"alerts\":[%s]}"
                                        .formatted(with("\"annotations\":{}", "\"extra\":[{}]"))
                                        .getBytes(UTF_8))
                        .signal();

        assertThat(signal.alerts())
                .singleElement()
                .satisfies(alert -> assertThat(alert.annotations()).isEmpty());
    }

    private WebhookBody.Taken taken(byte[] bytes) {
        WebhookBody.Reading reading = body.read(bytes, NOW);
        assertThat(reading).isInstanceOf(WebhookBody.Taken.class);
        return (WebhookBody.Taken) reading;
    }
}
