package io.homeostat.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.homeostat.swarm.LeaseConfig.Entry;
import io.homeostat.swarm.LeaseConfig.Garbled;
import io.homeostat.swarm.LeaseConfig.State;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LeaseConfigTest {
    private static final Entry ENTRY =
            new Entry(State.HELD, "4f2a", "node1 (4f2a)", 7, Duration.ofSeconds(30));

    @Test
    void isNamedAfterTheCluster() {
        assertThat(LeaseConfig.name("default")).isEqualTo("homeostat-lease-default");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Küche",
                "a b/c",
                "ends with-",
                "-",
                "",
                "a-name-of-more-than-forty-eight-characters-that-goes-on",
            })
    void isNamedAsDockerAllowsWhateverTheClustersName(String cluster) {
        assertThat(LeaseConfig.name(cluster))
                .matches("homeostat-lease-[a-zA-Z0-9._-]*[a-zA-Z0-9]")
                .hasSizeLessThanOrEqualTo(64);
    }

    @Test
    void clustersThatDifferOnlyWhereDockerCannotSeeHaveLeasesOfTheirOwn() {
        String shared = "a-name-of-more-than-forty-eight-characters-that-";
        assertThat(LeaseConfig.name(shared + "ends")).isNotEqualTo(LeaseConfig.name(shared + "is"));
        assertThat(LeaseConfig.name("a b")).isNotEqualTo(LeaseConfig.name("a/b"));
    }

    @Test
    void readsWhatItWrote() {
        ObjectNode spec = LeaseConfig.fresh("homeostat-lease-default", ENTRY);

        assertThat(spec.path("Name").asText()).isEqualTo("homeostat-lease-default");
        assertThat(spec.path("Data").asText()).isNotEmpty();
        assertThat(LeaseConfig.read(config(spec)).note()).isEqualTo(ENTRY);
    }

    @Test
    void changesOnlyItsOwnLabels() {
        ObjectNode spec = LeaseConfig.fresh("homeostat-lease-default", ENTRY);
        ((ObjectNode) spec.path("Labels")).put("of", "a person");
        Entry next = new Entry(State.RELEASED, "4f2a", "node1 (4f2a)", 7, Duration.ofSeconds(5));

        ObjectNode changed = LeaseConfig.changed(LeaseConfig.read(config(spec)), next);

        assertThat(LeaseConfig.read(config(changed)).note()).isEqualTo(next);
        assertThat(changed.path("Labels").path("of").asText()).isEqualTo("a person");
        assertThat(changed.path("Data")).isEqualTo(spec.path("Data"));
    }

    @Test
    void writesLabelsWhereThereWereNone() {
        ObjectNode spec = LeaseConfig.fresh("homeostat-lease-default", ENTRY);
        spec.putNull("Labels");
        assertThat(LeaseConfig.read(config(spec)).note()).isInstanceOf(Garbled.class);

        assertThat(LeaseConfig.changed(LeaseConfig.read(config(spec)), ENTRY).path("Labels"))
                .hasSize(5);
    }

    @ParameterizedTest
    @CsvSource({
        "state, '', state is ''",
        "state, leading, state is 'leading'",
        "epoch, '', epoch is ''",
        "epoch, -1, epoch is '-1'",
        "epoch, 9223372036854775807, epoch is '9223372036854775807'",
        "for, soon, for is 'soon'",
        "for, PT0S, for is 'PT0S'",
        "for, PT99999H, for is 'PT99999H'",
        "holder, '', holder is missing"
    })
    void saysWhatCannotBeRead(String label, String value, String why) {
        ObjectNode spec = LeaseConfig.fresh("homeostat-lease-default", ENTRY);
        ((ObjectNode) spec.path("Labels")).put(label, value);

        assertThat(LeaseConfig.read(config(spec)).note()).isEqualTo(new Garbled(why));
    }

    private static JsonNode config(JsonNode spec) {
        ObjectNode config = JsonNodeFactory.instance.objectNode().put("ID", "c1");
        config.putObject("Version").put("Index", 5);
        config.set("Spec", spec);
        return config;
    }
}
