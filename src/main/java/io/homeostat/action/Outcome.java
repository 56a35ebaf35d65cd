package io.homeostat.action;

/// How an action ended.
public sealed interface Outcome {
    /// Why, in a sentence.
    String reason();

    /// One word for it, as people and machines name it.
    String word();

    /// What was expected holds.
    record Healed(String reason) implements Outcome {
        @Override
        public String word() {
            return "healed";
        }
    }

    /// It was done, and what was expected does not hold by its deadline.
    record Ineffective(String reason) implements Outcome {
        @Override
        public String word() {
            return "ineffective";
        }
    }

    /// It was done, and something that was true before is false after.
    record Worse(String reason) implements Outcome {
        @Override
        public String word() {
            return "worse";
        }
    }

    /// It was certainly not done.
    record Failed(String reason) implements Outcome {
        @Override
        public String word() {
            return "failed";
        }
    }

    /// Somebody else changed the same thing first.
    record Conflicted(String reason) implements Outcome {
        @Override
        public String word() {
            return "conflicted";
        }
    }

    /// It is no longer wanted, or something newer replaced it.
    record Superseded(String reason) implements Outcome {
        @Override
        public String word() {
            return "superseded";
        }
    }

    /// Whether it was done, or helped, cannot be told.
    record Unknown(String reason) implements Outcome {
        @Override
        public String word() {
            return "unknown";
        }
    }

    /// It was decided in a replay of recorded history and not done, so nothing can be said of what
    /// would have become of it.
    record Virtual(String reason) implements Outcome {
        @Override
        public String word() {
            return "virtual";
        }
    }
}
