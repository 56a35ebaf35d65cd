package io.homeostat.crash.agent;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Weaves a call into every place that is listed in its folder. What happens at them is said later,
/// by an order; until then the program runs as it would without an agent.
public final class Agent {
    /// The places, one to a line, as [Place#toString] writes them.
    public static final String PLACES = "places";

    private Agent() {}

    /// @param folder where the test and this agent talk: by files
    public static void premain(String folder, Instrumentation instrumentation) throws IOException {
        Path talk = Path.of(folder);
        List<Place> places =
                Files.readAllLines(talk.resolve(PLACES)).stream().map(Place::parse).toList();
        Stop.talkIn(talk);
        instrumentation.addTransformer(new Weaver(places, talk));
    }
}
