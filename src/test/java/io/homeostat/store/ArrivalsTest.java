package io.homeostat.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.engine.Signal;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
    private static final int MEGABYTE = 1 << 20;

    private final Arrivals arrivals = new Arrivals();
    private final Signal.Durable signal = Turns.signal("a");

    @Test
    void holdsWhatArrivedUntilATurnHasTakenIt() {
        arrivals.hold(1, signal, 100);
        arrivals.hold(2, signal, 100);

        arrivals.letGo(List.of(1L));

        assertThat(arrivals.get(1)).isNull();
        assertThat(arrivals.get(2)).isSameAs(signal);
    }

    @Test
    void doesNotHoldForEverWhatATurnTookBeforeItArrivedHere() {
        arrivals.letGo(List.of(7L));

        arrivals.hold(7, signal, 100);

        assertThat(arrivals.get(7)).isNull();
    }

    @Test
    void leavesToTheDiskWhatIsMoreThanAFewMegabytes() {
        for (int id = 1; id <= 100; id++) {
            arrivals.hold(id, signal, MEGABYTE);
        }

        assertThat(arrivals.get(8)).isNotNull();
        assertThat(arrivals.get(9)).isNull();

        arrivals.letGo(List.of(1L));
        arrivals.hold(101, signal, MEGABYTE);
        assertThat(arrivals.get(101)).as("room was made").isNotNull();
    }
}
