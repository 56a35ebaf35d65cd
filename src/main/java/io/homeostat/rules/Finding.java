package io.homeostat.rules;

import java.util.List;

/// Something to be found in rules that compile and may still not do what they were written for.
///
/// It speaks only when it is sure. A rule of which it cannot tell is counted as not decided.
interface Finding {
    /// One name for people and machines: `never-fires`.
    String name();

    Found in(List<RuleTree> rules);

    /// @param undecided of how many rules it cannot tell
    record Found(List<RuleFault> faults, int undecided) {}
}
