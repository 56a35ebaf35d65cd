package io.homeostat.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.homeostat.engine.Lease.Standing;
import io.homeostat.swarm.LeaseConfig.Entry;
import io.homeostat.swarm.LeaseConfig.Garbled;
import io.homeostat.swarm.LeaseConfig.Present;
import io.homeostat.swarm.LeaseConfig.State;
import java.time.Duration;
import java.time.Instant;

/// One process, two clocks, and a lease that lasts 30 s where the longest call takes 10 s.
abstract class TenureStage {
    static final String US = "us";
    static final String THEM = "them";

    Moment now = new Moment(5_000_000_000L, Instant.parse("2026-11-24T07:00:00Z"));
    long version = 100;
    Tenure tenure = process(US);

    static Tenure process(String id) {
        return new Tenure(id, id, seconds(30), seconds(10));
    }

    /// With epoch 7.
    void lead() {
        take(write(seen(State.RELEASED, THEM, 6)));
        assertThat(standing()).isEqualTo(new Standing.Ours(7, seconds(30)));
    }

    Tenure.Step seen(State state, String holder, long epoch) {
        return tenure.seen(present(state, holder, epoch), now);
    }

    Present present(State state, String holder, long epoch) {
        return new Present("c", version, entry(state, holder, epoch), spec());
    }

    Present garbled() {
        return new Present("c", version, new Garbled("epoch is 'x'"), spec());
    }

    static JsonNode spec() {
        return JsonNodeFactory.instance.objectNode();
    }

    static Entry entry(State state, String holder, long epoch) {
        return new Entry(state, holder, holder, epoch, seconds(30));
    }

    static Tenure.Step.Write write(Tenure.Step step) {
        assertThat(step).isInstanceOf(Tenure.Step.Write.class);
        return (Tenure.Step.Write) step;
    }

    Duration take(Tenure.Step.Write write) {
        version++;
        return tenure.wrote(write, now);
    }

    Standing standing() {
        return tenure.right().at(now);
    }

    void after(long seconds) {
        now = new Moment(now.nanos() + seconds(seconds).toNanos(), now.wall().plusSeconds(seconds));
    }

    /// Only the clock that people see moves.
    void jump(long seconds) {
        now = new Moment(now.nanos(), now.wall().plusSeconds(seconds));
    }

    static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }
}
