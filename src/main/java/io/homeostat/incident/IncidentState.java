package io.homeostat.incident;

import java.util.EnumSet;
import java.util.Set;

/// Where an incident stands, and where it may go from there.
public enum IncidentState {
    /// It was noticed; nobody does anything yet.
    OPEN,
    /// An action is under way.
    ACTING,
    /// People have been told and it needs an answer.
    ESCALATED,
    /// Its symptoms are gone; it is watched for a while.
    QUIET,
    /// It is over.
    RESOLVED;

    public Set<IncidentState> next() {
        return switch (this) {
            case OPEN -> EnumSet.of(ACTING, ESCALATED, QUIET);
            case ACTING -> EnumSet.of(OPEN, ESCALATED, QUIET);
            case ESCALATED -> EnumSet.of(ACTING, OPEN, QUIET);
            case QUIET -> EnumSet.of(OPEN, ACTING, ESCALATED, RESOLVED);
            case RESOLVED -> EnumSet.noneOf(IncidentState.class);
        };
    }
}
