package io.homeostat.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/// A write as it arrived at Docker.
///
/// @param at when it was taken, refused or dropped
/// @param target its path, without the version of the API
/// @param status what it was answered with; 0 when it was not carried out at all
public record Write(Instant at, String target, JsonNode body, int status) {
    public boolean isTaken() {
        return status / 100 == 2;
    }
}
