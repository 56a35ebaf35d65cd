package io.homeostat.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.homeostat.action.Action;
import io.homeostat.action.Outcome;
import io.homeostat.action.Report;
import io.homeostat.action.Undertaking;
import io.homeostat.engine.Memo;
import io.homeostat.engine.Signal;
import io.homeostat.engine.StoreException;
import io.homeostat.engine.Turn;
import io.homeostat.fact.Fact;
import io.homeostat.guard.Decision;
import io.homeostat.incident.Incident;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class JsonTest {
    private final Json json = new Json();

    record Case(Class<?> family, Class<?> record) {
        @Override
        public String toString() {
            return family.getSimpleName() + " " + record.getSimpleName();
        }
    }

    static Stream<Case> cases() {
        List<Class<?>> families = new ArrayList<>(Json.FAMILIES);
        families.addAll(
                List.of(
                        Fact.class,
                        Decision.class,
                        Undertaking.class,
                        Incident.class,
                        Turn.Line.class));
        return families.stream()
                .flatMap(family ->
                        Samples.records(family).stream().map(one -> new Case(family, one)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void readsWhatItWrote(Case one) throws Exception {
        for (Object sample : Samples.of(one.record())) {
            String body = json.write(sample);

            Object read = json.read(one.family(), Json.VERSION, body, "it");

            assertThat(read).as(body).isEqualTo(sample);
        }
    }

    @Test
    void knowsEveryFactThatThereIs() {
        List<String> facts =
                new ClassFileImporter()
                        .importPackages("io.homeostat.fact").stream()
                                .filter(type -> type.isAssignableTo(Fact.class))
                                .filter(type -> !type.isInterface())
                                .map(JavaClass::getName)
                                .toList();

        assertThat(Json.FACTS.stream().map(Class::getName).toList())
                .as("a new fact is listed in Json.FACTS, else it cannot be kept")
                .containsExactlyInAnyOrderElementsOf(facts);
    }

    @Test
    void tellsApartWhatIsCalledTheSameInTwoFamilies() throws Exception {
        String body = json.write(new Outcome.Conflicted("somebody was first"));

        assertThat(json.read(Report.class, 1, body, "it"))
                .isEqualTo(new Report.Conflicted("somebody was first"));
        assertThat(json.read(Outcome.class, 1, body, "it"))
                .isEqualTo(new Outcome.Conflicted("somebody was first"));
    }

    @Test
    void overlooksFieldsOfANewerProgram() throws Exception {
        String body = "{\"is\":\"Failed\",\"reason\":\"no route\",\"colour\":\"blue\"}";

        assertThat(json.read(Report.class, 1, body, "it")).isEqualTo(new Report.Failed("no route"));
    }

    @Test
    void takesACollectionThatAnOlderBodyHasNothingOfForEmpty() throws Exception {
        String body =
                "{\"is\":\"AlertsReceived\",\"receivedAt\":\"2026-11-23T01:02:03Z\","
                        + "\"receiver\":\"homeostat\",\"truncated\":0,\"unsound\":0,\"raw\":\"\"}";

        assertThat(json.read(Signal.Durable.class, 1, body, "it"))
                .isInstanceOfSatisfying(
                        Signal.AlertsReceived.class, it -> assertThat(it.alerts()).isEmpty());
    }

    @Test
    void upgradesABodyOfAnOlderFormatWhereverTheRecordIsInIt() throws Exception {
        Json third =
                new Json(
                        3,
                        new Upgrades(
                                List.of(
                                        new Upgrades.Step(
                                                1,
                                                Undertaking.class,
                                                tree -> tree.set("rule", tree.remove("ruleName"))),
                                        new Upgrades.Step(
                                                2,
                                                Undertaking.class,
                                                tree ->
                                                        tree.put(
                                                                "rule",
                                                                tree.get("rule").asText() + "!")),
                                        new Upgrades.Step(
                                                1,
                                                Action.ScaleService.class,
                                                tree -> tree.set("from", tree.remove("now"))))));
        Memo memo = new Memo.Undertaken(Turns.planned("act-1", "demo_web"));
        String present = third.write(memo);
        String second = present.replace("Scale up", "Scale");
        String first = second.replace("\"rule\"", "\"ruleName\"").replace("\"from\"", "\"now\"");

        assertThat(third.read(Memo.class, 3, present, "it")).isEqualTo(memo);
        for (Map.Entry<Integer, String> old : Map.of(1, first, 2, second).entrySet()) {
            assertThat(third.read(Memo.class, old.getKey(), old.getValue(), "it"))
                    .isInstanceOfSatisfying(
                            Memo.Undertaken.class,
                            it -> {
                                assertThat(it.undertaking().rule()).isEqualTo("Scale!");
                                assertThat(it.undertaking().action())
                                        .isEqualTo(new Action.ScaleService("demo_web", 2, 3));
                            });
        }
    }

    @Test
    void refusesAFormatItDoesNotKnow() {
        assertThatThrownBy(() -> json.read(Report.class, Json.VERSION + 1, "{}", "signal 7"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(
                        "signal 7 was written in format %d by a newer Homeostat"
                                .formatted(Json.VERSION + 1));
    }

    @Test
    void saysWhatCannotBeRead() {
        assertThatThrownBy(() -> json.read(Report.class, 1, "{\"is\":\"Lo", "signal 7"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("signal 7 cannot be read as Report");
    }
}
