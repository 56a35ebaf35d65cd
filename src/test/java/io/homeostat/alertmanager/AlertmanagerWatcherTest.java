package io.homeostat.alertmanager;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.homeostat.engine.Signal;
import io.homeostat.fact.Sorted;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AlertmanagerWatcherTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Instant UP = Instant.parse("2026-11-23T09:00:00Z");

    private final List<Signal.Volatile> seen = new CopyOnWriteArrayList<>();
    private final AtomicReference<Optional<Instant>> wantedAt =
            new AtomicReference<>(Optional.empty());
    private Duration interval = Duration.ofMillis(20);
    private FakeAlertmanager one;
    private FakeAlertmanager two;

    @BeforeEach
    void startTwo() throws IOException {
        one = new FakeAlertmanager(UP);
        two = new FakeAlertmanager(UP.plusSeconds(60));
    }

    @AfterEach
    void stopBoth() {
        one.close();
        two.close();
    }

    @Test
    void listsWhatFiresAndWhatSuppressesIt() {
        one.alerts.set(
                "[%s,%s]"
                        .formatted(
                                alert("b", "09:30", "homeostat", "\"s2\",\"s1\"", "\"i1\""),
                                alert("a", "09:31", "homeostat", "", "")));

        try (AlertmanagerWatcher watcher = watching(List.of(one.address()), "")) {
            watcher.start();

            Signal.AlertsListed listed = firstListed();
            assertThat(listed.began()).isEqualTo(NOW);
            assertThat(listed.upSince()).isEqualTo(UP);
            assertThat(listed.alerts())
                    .extracting(each -> each.alert().fingerprint(), each -> each.suppressedBy())
                    .containsExactly(tuple("a", List.of()), tuple("b", List.of("i1", "s1", "s2")));
            assertThat(listed.alerts().getFirst().alert().firing()).isTrue();
            assertThat(listed.alerts().getFirst().alert().endsAt()).isNull();
            await().until(() -> seen.size() >= 2);
            assertThat(seen.get(1)).isInstanceOf(Signal.WatcherLooked.class);
        }
    }

    @Test
    void mergesTheAlertmanagersOfOneCluster() {
        one.alerts.set("[%s]".formatted(alert("a", "09:30", "homeostat", "", "")));
        two.alerts.set(
                "[%s,%s]"
                        .formatted(
                                alert("a", "09:20", "homeostat", "\"s1\"", ""),
                                alert("c", "09:40", "homeostat", "", "")));

        try (AlertmanagerWatcher watcher = watching(List.of(one.address(), two.address()), "")) {
            watcher.start();

            Signal.AlertsListed listed = firstListed();
            assertThat(listed.upSince()).isEqualTo(UP.plusSeconds(60));
            assertThat(listed.alerts())
                    .extracting(each -> each.alert().fingerprint())
                    .containsExactly("a", "c");
            assertThat(listed.alerts().getFirst().suppressedBy()).containsExactly("s1");
            assertThat(listed.alerts().getFirst().alert().startsAt())
                    .isEqualTo(Instant.parse("2026-11-23T09:20:00Z"));
        }
    }

    @Test
    void saysWhoSilencedAnAlertAndUntilWhen() {
        one.alerts.set("[%s]".formatted(alert("a", "09:30", "homeostat", "\"s1\"", "\"b\"")));
        one.silences.set(
                """
                [{"id":"s1","createdBy":"ann","endsAt":"2026-11-23T18:00:00.000Z"},
                 {"id":"s2","createdBy":"bob","endsAt":"2026-11-23T19:00:00.000Z"}]
                """);

        try (AlertmanagerWatcher watcher = watching(List.of(one.address()), "")) {
            watcher.start();

            assertThat(firstListed().alerts().getFirst().suppressedBy())
                    .containsExactlyInAnyOrder(
                            "silence s1 of ann until 2026-11-23T18:00:00.000Z", "b");
        }
    }

    @Test
    void looksAtOnceWhenSomebodyCannotWait() {
        interval = Duration.ofHours(1);
        try (AlertmanagerWatcher watcher = watching(List.of(one.address()), "")) {
            watcher.start();
            firstListed();
            seen.clear();

            wantedAt.set(Optional.of(NOW));

            await().until(() -> seen.stream().anyMatch(Signal.AlertsListed.class::isInstance));
        }
    }

    @Test
    void leavesOutAlertsOfOtherReceivers() {
        one.alerts.set(
                "[%s,%s]"
                        .formatted(
                                alert("a", "09:30", "pager", "", ""),
                                alert("b", "09:30", "homeostat", "", "")));

        try (AlertmanagerWatcher watcher = watching(List.of(one.address()), "homeostat")) {
            watcher.start();

            assertThat(firstListed().alerts())
                    .extracting(each -> each.alert().fingerprint())
                    .containsExactly("b");
        }
    }

    @Test
    void passesOverOnlyTheAlertThatCannotBeRead() {
        one.alerts.set("[7,%s]".formatted(alert("b", "09:30", "homeostat", "", "")));

        try (AlertmanagerWatcher watcher = watching(List.of(one.address()), "")) {
            watcher.start();

            assertThat(firstListed().alerts()).hasSize(1);
        }
    }

    @Test
    void saysThatItIsBlindAndSeesAgain() {
        one.status.set(503);

        try (AlertmanagerWatcher watcher = watching(List.of(one.address()), "")) {
            watcher.start();
            await().until(() -> !seen.isEmpty());
            assertThat(seen.getFirst())
                    .isInstanceOfSatisfying(
                            Signal.WatcherFailed.class,
                            failed ->
                                    assertThat(failed.reason())
                                            .contains(one.authority(), "answers 503"));

            one.status.set(200);
            assertThat(firstListed().alerts()).isEmpty();
        }
    }

    @Test
    void takesNoAbsenceForHealthWhenOneDoesNotAnswer() {
        one.alerts.set("[%s]".formatted(alert("a", "09:30", "homeostat", "", "")));
        two.status.set(500);

        try (AlertmanagerWatcher watcher = watching(List.of(one.address(), two.address()), "")) {
            watcher.start();

            Signal.AlertsListed listed = firstListed();
            assertThat(listed.alerts()).hasSize(1);
            assertThat(listed.upSince()).isEqualTo(listed.began());
        }
    }

    @Test
    void sendsTheCredentialsOfTheAddressAndNeverSaysThem() {
        two.close();
        URI withUser = URI.create("http://me:secret@" + one.authority() + "/am/");
        URI gone = URI.create("http://me:secret@" + two.authority() + "/am/");

        try (AlertmanagerWatcher watcher = watching(List.of(withUser), "");
                AlertmanagerWatcher blind = watching(List.of(gone), "")) {
            watcher.start();
            firstListed();
            assertThat(one.authorization.get())
                    .isEqualTo(
                            "Basic "
                                    + Base64.getEncoder()
                                            .encodeToString("me:secret".getBytes(UTF_8)));

            blind.start();
            await().until(() -> seen.stream().anyMatch(Signal.WatcherFailed.class::isInstance));
            assertThat(seen).noneMatch(signal -> signal.toString().contains("secret"));
        }
    }

    private AlertmanagerWatcher watching(List<URI> addresses, String receiver) {
        return new AlertmanagerWatcher(
                new AlertmanagerWatcher.Settings(
                        addresses,
                        Sorted.copy(receiver.isEmpty() ? List.<String>of() : List.of(receiver)),
                        interval,
                        Duration.ofSeconds(5)),
                WebhookBody.Bounds.DEFAULT,
                seen::add,
                wantedAt::get,
                InstantSource.fixed(NOW));
    }

    private Signal.AlertsListed firstListed() {
        await().until(() -> seen.stream().anyMatch(Signal.AlertsListed.class::isInstance));
        return (Signal.AlertsListed)
                seen.stream()
                        .filter(Signal.AlertsListed.class::isInstance)
                        .findFirst()
                        .orElseThrow();
    }

    private static String alert(
            String fingerprint, String at, String receiver, String silences, String inhibitors) {
        return """
        {"fingerprint":"%s","startsAt":"2026-11-23T%s:00.000Z","endsAt":"2026-11-23T12:04:00.000Z",
         "updatedAt":"2026-11-23T12:00:00.000Z","labels":{"alertname":"A","service":"web"},
         "annotations":{"summary":"s"},"generatorURL":"","receivers":[{"name":"%s"}],
         "status":{"state":"active","silencedBy":[%s],"inhibitedBy":[%s]}}\
        """
                .formatted(fingerprint, at, receiver, silences, inhibitors);
    }
}
