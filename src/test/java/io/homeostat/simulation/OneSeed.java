package io.homeostat.simulation;

/// Lives through one seed in a JVM of its own and prints the digest.
public final class OneSeed {
    private OneSeed() {}

    public static void main(String[] arguments) {
        Life life = Life.of(Long.parseLong(arguments[0]));
        System.out.println(life.digest());
    }
}
