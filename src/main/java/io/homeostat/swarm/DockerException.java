package io.homeostat.swarm;

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
