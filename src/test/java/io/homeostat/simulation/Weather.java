package io.homeostat.simulation;

import java.util.List;
import java.util.stream.Stream;

/// One kind of thing that happens from outside.
interface Weather {
    String name();

    /// How likely it is in one step.
    double rate();

    /// The luck that it is left to.
    default Chance chance(World world) {
        return world.chance;
    }

    /// It happens, if it can at this moment.
    ///
    /// @return false when it could not
    boolean happen(World world);

    /// All kinds that come by themselves; what befalls a write, a commit or a message is decided
    /// where that happens.
    static List<Weather> all() {
        return Stream.of(
                        List.<Weather>of(ClusterWeather.values()),
                        List.<Weather>of(PeopleWeather.values()),
                        List.<Weather>of(AlertWeather.values()),
                        List.<Weather>of(ProcessWeather.values()),
                        List.<Weather>of(RareWeather.values()))
                .flatMap(List::stream)
                .toList();
    }
}
