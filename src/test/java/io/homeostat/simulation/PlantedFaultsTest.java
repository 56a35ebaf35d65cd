package io.homeostat.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The promises are able to break: each planted fault is found, by the seed that is known to show
/// it.
@Tag("simulation")
class PlantedFaultsTest {
    @ParameterizedTest
    @EnumSource
    void findsIt(PlantedFault fault) {
        Life life = Life.of(fault.seed, fault.sabotage.get());

        assertThat(life.broken())
                .as("what %s breaks", fault)
                .isNotNull()
                .extracting(Broken::invariant)
                .isEqualTo(fault.promise);
    }
}
