package io.homeostat.simulation;

import io.homeostat.action.Undertaking;
import io.homeostat.engine.Turn;
import io.homeostat.guard.Decision;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A hash over all decisions, actions and outcomes of a run, with their instants.
final class Digest {
    private final MessageDigest digest;

    Digest() {
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java has SHA-256", missing);
        }
    }

    void add(Turn turn) {
        add(turn.number() + " " + turn.at());
        for (Decision decision : turn.decisions()) {
            add(decision.toString());
        }
        for (Undertaking undertaking : turn.undertakings()) {
            add(undertaking.toString());
        }
        for (Turn.Line line : turn.lines()) {
            add(line.toString());
        }
    }

    private void add(String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    /// The hash of everything so far; afterwards it begins anew.
    String text() {
        return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
    }
}
