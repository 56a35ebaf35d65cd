package io.homeostat.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.homeostat.engine.Lease;
import io.homeostat.engine.Lease.Standing;
import io.homeostat.standin.DockerStandIn;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real leases over real sockets: each lasts 0.6 s, and the longest call is taken for 0.3 s.
class SwarmLeaseTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration CALL = Duration.ofMillis(300);
    private static final String CONFIG = "homeostat-lease-test";

    @TempDir private Path folder;

    private final List<SwarmLease> leases = new ArrayList<>();
    private final List<Docker> dockers = new ArrayList<>();
    private DockerStandIn docker;

    @BeforeEach
    void open() throws IOException {
        docker = new DockerStandIn(folder.resolve("d.sock"));
        docker.start();
    }

    @AfterEach
    void close() throws Exception {
        for (SwarmLease lease : leases) {
            lease.stop(Duration.ZERO);
        }
        for (Docker each : dockers) {
            each.close();
        }
        docker.close();
    }

    @Test
    void theFirstEverWaitsAndThenLeadsAndGoesOnLeading() {
        SwarmLease lease = start("a");
        awaitThat(() ->
                lease.standing() instanceof Standing.Unsure unsure
                        && unsure.reason().startsWith("there was no lease"));

        awaitLead(lease, 1);

        int renewals = docker.writes().size();
        await().atMost(SOON)
                .until(() -> {
                    assertThat(lease.standing()).isInstanceOf(Standing.Ours.class);
                    return docker.writes().size() > renewals + 5;
                });
        assertThat(docker.configs().label(CONFIG, "epoch")).isEqualTo("1");
    }

    @Test
    void ofTwoExactlyOneLeadsAndTheOtherSaysWho() {
        SwarmLease a = start("a");
        SwarmLease b = start("b");

        awaitThat(() -> leads(a) || leads(b));

        SwarmLease waiting = leads(a) ? b : a;
        assertThat(waiting.standing())
                .isInstanceOfSatisfying(
                        Standing.Elsewhere.class,
                        elsewhere ->
                                assertThat(elsewhere.holder())
                                        .isEqualTo(docker.configs().label(CONFIG, "host")));
    }

    @Test
    void whoGivesItUpIsFollowedAtOnce() throws InterruptedException {
        SwarmLease a = start("a");
        awaitLead(a, 1);
        SwarmLease b = start("b");
        awaitThat(() -> b.standing() instanceof Standing.Elsewhere);

        a.giveUp(SOON);

        assertThat(a.standing()).isEqualTo(new Standing.Unsure("this process is stopping"));
        awaitLead(b, 2);
    }

    @Test
    void whoDiesIsFollowedWhenItsLeaseHasRunOut() throws InterruptedException {
        SwarmLease a = start("a");
        awaitLead(a, 1);
        SwarmLease b = start("b");
        awaitThat(() -> b.standing() instanceof Standing.Elsewhere);

        a.stop(Duration.ZERO);

        awaitThat(() -> {
            assertThat(leads(a) && leads(b)).as("both lead").isFalse();
            return leads(b);
        });
        awaitLead(b, 2);
    }

    @Test
    void theNextProcessOnTheSameDirectoryLeadsAtOnce() throws InterruptedException {
        SwarmLease a = start("a");
        awaitLead(a, 1);
        a.stop(Duration.ZERO);
        int before = docker.writes().size();

        SwarmLease next = start("a");

        awaitLead(next, 2);
        assertThat(docker.writes().subList(before, before + 1))
                .allMatch(write -> write.contains("/update?version="));
    }

    @Test
    void whoseDockerIsCutOffStopsLeadingBeforeAnotherBeginsAndWaitsWhenItIsBack()
            throws IOException {
        DockerStandIn other = new DockerStandIn(folder.resolve("e.sock"), docker.configs());
        other.start();
        try (other) {
            SwarmLease a = start("a");
            awaitLead(a, 1);
            SwarmLease b = start("b", folder.resolve("e.sock"));
            awaitThat(() -> b.standing() instanceof Standing.Elsewhere);

            docker.beInTouch(false);
            awaitThat(() -> {
                assertThat(leads(a) && leads(b)).as("both lead").isFalse();
                return leads(b);
            });
            assertThat(a.standing())
                    .isInstanceOfSatisfying(
                            Standing.Unsure.class,
                            unsure ->
                                    assertThat(unsure.reason())
                                            .contains("The swarm does not have a leader"));
            docker.beInTouch(true);

            awaitThat(() -> a.standing() instanceof Standing.Elsewhere);
            assertThat(b.standing()).isInstanceOf(Standing.Ours.class);
        }
    }

    @Test
    void withoutDockerNobodyCanTellAndTheReasonIsSaid() throws IOException {
        docker.close();
        SwarmLease a = start("a");
        awaitThat(() ->
                a.standing() instanceof Standing.Unsure unsure
                        && unsure.reason().contains("is dockerd running"));

        docker.start();

        awaitLead(a, 1);
    }

    @Test
    void whatAPersonRemovesIsThereAgain() {
        SwarmLease a = start("a");
        awaitLead(a, 1);

        docker.configs().remove(CONFIG);

        awaitThat(() -> docker.configs().has(CONFIG));
        awaitLead(a, 2);
    }

    @Test
    void whatAPersonGarblesIsWrittenOver() {
        SwarmLease a = start("a");
        awaitLead(a, 1);

        docker.configs().label(CONFIG, labels -> labels.put("epoch", "many"));

        awaitLead(a, 2);
    }

    @Test
    void aRenewalWhoseAnswerIsLostIsFoundByTheNextLook() {
        SwarmLease a = start("a");
        awaitLead(a, 1);

        docker.breakOffAfter("/update");
        int before = docker.writes().size();
        awaitThat(() -> docker.writes().size() > before);
        docker.recover();

        awaitLead(a, 1);
    }

    @Test
    void aDirectoryThatAnotherHoldsIsAReasonNotToLead() throws IOException {
        try (Identity holder = Identity.of(folder.resolve("a"))) {
            SwarmLease a = start("a");

            awaitThat(() ->
                    a.standing() instanceof Standing.Unsure unsure
                            && unsure.reason().contains("another Homeostat holds"));
            assertThat(holder.id()).isNotEmpty();
            assertThat(docker.writes()).isEmpty();
        }
    }

    private SwarmLease start(String directory) {
        return start(directory, folder.resolve("d.sock"));
    }

    private SwarmLease start(String directory, Path socket) {
        SwarmSettings settings = Quick.settings(List.of(socket), folder.resolve(directory), CALL);
        Docker calls = new Docker(settings);
        dockers.add(calls);
        SwarmLease lease = new SwarmLease(calls, settings, InstantSource.system());
        leases.add(lease);
        lease.start();
        return lease;
    }

    private static boolean leads(Lease lease) {
        return lease.standing() instanceof Standing.Ours;
    }

    private static void awaitLead(Lease lease, long epoch) {
        awaitThat(() -> lease.standing() instanceof Standing.Ours ours && ours.epoch() == epoch);
    }

    private static void awaitThat(Supplier<Boolean> condition) {
        await().atMost(SOON).pollInterval(Duration.ofMillis(5)).until(condition::get);
    }
}
