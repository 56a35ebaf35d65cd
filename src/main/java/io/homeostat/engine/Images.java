package io.homeostat.engine;

/// Looks up where a tag leads to now. Thread-safe; may block as long as a call takes.
public interface Images {
    /// What came of it.
    sealed interface Found {
        /// @param image the image with its tag and its digest
        record Resolved(String image) implements Found {}

        /// It cannot be deployed, and asking again does not help.
        ///
        /// @param reason what is wrong, and what to do about it
        record Refused(String reason) implements Found {}

        /// Nobody answered; asking again may help.
        record Unanswered(String reason) implements Found {}
    }

    /// @param image a name with a tag, a digest, both or neither: `registry:5000/shop/api:1.4`
    /// @throws InterruptedException when the process is stopping
    Found resolve(String image) throws InterruptedException;
}
