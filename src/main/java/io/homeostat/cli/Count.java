package io.homeostat.cli;

/// How many there are of something, as it is said: `1 rule`, `2 rules`.
final class Count {
    private Count() {}

    /// @param noun what there are so many of; more than one of them end in `s`
    static String of(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
