package io.homeostat.crash;

import io.homeostat.standin.Write;
import java.util.ArrayList;
import java.util.List;

/// Whatever arrived at Docker, taken or not, was one action of ours whose start is recorded, and no
/// other action arrived as the same.
final class NothingIsSentTwice implements Invariant {
    @Override
    public List<String> broken(Evidence evidence) {
        List<String> faults = new ArrayList<>();
        for (String service : evidence.load().services()) {
            List<Write> writes = evidence.writesTo(service);
            long started =
                    evidence.actionsOn(service).stream()
                            .filter(action -> !action.path("startedAt").isNull())
                            .count();
            if (writes.size() > started) {
                faults.add(
                        "%d writes to %s arrived, and %d actions on it were started: %s"
                                .formatted(writes.size(), service, started, writes));
            }
            long different =
                    writes.stream().filter(Write::isTaken).map(Write::body).distinct().count();
            long taken = writes.stream().filter(Write::isTaken).count();
            if (different != taken) {
                faults.add("%s was written twice alike: %s".formatted(service, writes));
            }
        }
        return faults;
    }
}
