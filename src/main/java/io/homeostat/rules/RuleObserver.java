package io.homeostat.rules;

import io.homeostat.fact.Fact;
import java.util.List;

/// Hears what the rules of a session do, on the session's own thread. It changes nothing.
public interface RuleObserver {
    /// A rule fired because of these facts, in the order of its patterns.
    void fired(String rule, List<Fact> facts);

    /// A part of a rule was met by these facts; heard only from [Rulebook#probed()].
    void met(RuleProbe probe, List<Fact> facts);
}
