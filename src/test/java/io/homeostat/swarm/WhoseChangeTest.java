package io.homeostat.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.homeostat.fact.Aspect;
import io.homeostat.fact.Provenance;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class WhoseChangeTest {
    private static final String IMAGE = "TaskTemplate.ContainerSpec.Image";

    private final JsonNode before = updatable();

    @Test
    void anUnchangedWriteIsNobodys() {
        ObjectNode after = before.deepCopy();
        after.putObject("Version").put("Index", 999_999);

        assertThat(WhoseChange.between(before, after, _ -> true))
                .returns(Provenance.NOBODY, WhoseChange::whose)
                .returns(true, change -> change.paths().isEmpty());
    }

    @Test
    void whatWeSentIsOurs() {
        ObjectNode after = changed(spec -> ServiceWritingTest.replicas(spec, 7));
        String sent = Specification.hash(after.path("Spec"));

        assertThat(WhoseChange.between(before, after, sent::equals).whose())
                .isEqualTo(Provenance.OURS);
    }

    @Test
    void replicasThatWeDidNotSendAreAPersons() {
        ObjectNode after = changed(spec -> ServiceWritingTest.replicas(spec, 7));

        WhoseChange change = WhoseChange.between(before, after, _ -> false);

        assertThat(change.whose()).isEqualTo(Provenance.PERSON);
        assertThat(change.paths()).containsExactly("Mode.Replicated.Replicas");
        assertThat(change.aspects()).containsExactly(Aspect.REPLICAS);
    }

    @Test
    void anotherImageIsADeployments() {
        ObjectNode after = changed(spec -> image(spec, "demo/web:2"));

        WhoseChange change = WhoseChange.between(before, after, _ -> false);

        assertThat(change.whose()).isEqualTo(Provenance.DEPLOYMENT);
        assertThat(change.paths()).containsExactly(IMAGE);
        assertThat(change.aspects()).containsExactly(Aspect.IMAGE);
    }

    @Test
    void anotherEnvironmentIsADeployments() {
        ObjectNode after =
                changed(spec ->
                        ((ObjectNode) spec.at("/TaskTemplate/ContainerSpec"))
                                .putArray("Env")
                                .add("LOAD=1"));

        assertThat(WhoseChange.between(before, after, _ -> false))
                .returns(Provenance.DEPLOYMENT, WhoseChange::whose)
                .satisfies(change -> assertThat(change.aspects()).containsExactly(Aspect.CONFIG));
    }

    @Test
    void theLabelThatOnlyAStackWritesIsADeployments() {
        ObjectNode after =
                changed(spec -> {
                    ServiceWritingTest.label(spec, "com.docker.stack.image");
                    ServiceWritingTest.replicas(spec, 7);
                });

        assertThat(WhoseChange.between(before, after, _ -> false).whose())
                .isEqualTo(Provenance.DEPLOYMENT);
    }

    @Test
    void aWriteThatSwarmMadeWhileItUpdatesWasNotAskedFor() {
        ObjectNode after = before.deepCopy();
        assertThat(WhoseChange.wasAskedFor(after)).isTrue();

        after.putObject("UpdateStatus").put("State", "completed");

        assertThat(WhoseChange.wasAskedFor(after)).isFalse();
    }

    @Test
    void aLabelIsAPersons() {
        ObjectNode after = changed(spec -> ServiceWritingTest.label(spec, "touched"));

        assertThat(WhoseChange.between(before, after, _ -> false))
                .returns(Provenance.PERSON, WhoseChange::whose)
                .satisfies(change -> assertThat(change.aspects()).containsExactly(Aspect.LABELS))
                .satisfies(change -> assertThat(change.paths()).containsExactly("Labels.touched"));
    }

    @Test
    void whatSwarmPutBackByItselfIsSwarms() {
        assertThat(rollback("update rolled back due to failure or early termination of task x"))
                .isEqualTo(Provenance.SWARMS);
    }

    @Test
    void aRollbackByHandIsAPersons() {
        assertThat(rollback("manually requested rollback")).isEqualTo(Provenance.PERSON);
    }

    @Test
    void aRollbackThatSwarmMayNotDoByItselfIsAPersons() {
        ((ObjectNode) before.at("/Spec/UpdateConfig")).put("FailureAction", "pause");

        assertThat(rollback("rollback completed")).isEqualTo(Provenance.PERSON);
    }

    @Test
    void aRollbackLongAgoSaysNothingOfAChangeNow() {
        ObjectNode status = ((ObjectNode) before).putObject("UpdateStatus");
        status.put("State", "rollback_completed").put("Message", "rollback completed");

        assertThat(rollback("rollback completed")).isEqualTo(Provenance.DEPLOYMENT);
    }

    /// A service whose last update changed the image, put back to what it was before.
    private Provenance rollback(String message) {
        JsonNode old = before.path("Spec").deepCopy();
        image((ObjectNode) old, "demo/web:0");
        ((ObjectNode) before).set("PreviousSpec", old);
        ObjectNode after = before.deepCopy();
        after.set("Spec", old.deepCopy());
        after.putObject("UpdateStatus").put("State", "rollback_started").put("Message", message);
        return WhoseChange.between(before, after, _ -> false).whose();
    }

    private ObjectNode changed(Consumer<ObjectNode> edit) {
        ObjectNode after = before.deepCopy();
        edit.accept((ObjectNode) after.path("Spec"));
        return after;
    }

    private static void image(ObjectNode spec, String image) {
        ((ObjectNode) spec.at("/TaskTemplate/ContainerSpec")).put("Image", image);
    }

    private static JsonNode updatable() {
        JsonNode service = Captured.service("demo_web");
        ((ObjectNode) service).remove("UpdateStatus");
        ObjectNode spec = (ObjectNode) service.path("Spec");
        spec.putObject("UpdateConfig").put("FailureAction", "rollback");
        return service;
    }
}
