package io.homeostat.swarm;

import io.homeostat.action.Report;

/// A call to Docker that brought nothing, in a sentence for people.
final class DockerException extends Exception {
    private static final long serialVersionUID = 1L;

    /// How far a failed call got; what may be done next depends on it.
    enum Stage {
        /// Not one byte was sent.
        UNSENT,
        /// It may have been sent, and no answer came.
        UNANSWERED,
        /// Docker answered, and not as hoped.
        ANSWERED
    }

    private final Stage stage;
    private final int status;

    private DockerException(Stage stage, int status, String message, Throwable cause) {
        super(message, cause);
        this.stage = stage;
        this.status = status;
    }

    private DockerException(int status, String message) {
        super(message);
        this.stage = Stage.ANSWERED;
        this.status = status;
    }

    static DockerException unsent(String message, Throwable cause) {
        return new DockerException(Stage.UNSENT, 0, message, cause);
    }

    static DockerException unanswered(String message, Throwable cause) {
        return new DockerException(Stage.UNANSWERED, 0, message, cause);
    }

    /// @param status HTTP's status; 0 when the answer itself was unusable
    static DockerException answered(int status, String message) {
        return new DockerException(status, message);
    }

    /// The same failure, of what had to come before the call itself.
    DockerException asUnsent() {
        return new DockerException(Stage.UNSENT, status, reason(), this);
    }

    /// True when the Docker that was asked should not be asked again before others were.
    boolean speaksAgainstDocker() {
        return switch (stage) {
            case UNSENT, UNANSWERED -> true;
            case ANSWERED -> isNoManager() || isOutOfTouch();
        };
    }

    /// True when a write can be sent again without being done twice.
    boolean isCertainlyNotDone() {
        return stage == Stage.UNSENT || isNoManager();
    }

    /// A worker, or a Docker outside any swarm, says so before it looks at what it is asked.
    private boolean isNoManager() {
        return status == 503 && reason().contains("not a swarm manager");
    }

    /// What a manager says that does not reach a majority of managers, or a proxy that does not
    /// reach Docker.
    private boolean isOutOfTouch() {
        return switch (status) {
            case 502, 503, 504 -> true;
            case 500 ->
                    reason().contains("does not have a leader")
                            || reason().contains("code = DeadlineExceeded")
                            || reason().contains("code = Unavailable");
            default -> false;
        };
    }

    /// What a write that ended so has come to. A 5xx other than the conflict may come after the
    /// change was made: a leader that stepped down while it answered.
    ///
    /// @param what what was written to, as in `the service`
    Report report(String what) {
        return switch (stage) {
            case UNSENT -> new Report.Failed(reason());
            case UNANSWERED -> new Report.Lost(reason());
            case ANSWERED -> {
                if (status == 409 || reason().contains("update out of sequence")) {
                    yield new Report.Conflicted(
                            "somebody else changed %s meanwhile: %s".formatted(what, reason()));
                }
                boolean notDone = status / 100 == 4 || status == 501 || isCertainlyNotDone();
                yield notDone ? new Report.Failed(reason()) : new Report.Lost(reason());
            }
        };
    }

    Stage stage() {
        return stage;
    }

    int status() {
        return status;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
