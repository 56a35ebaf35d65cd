package io.homeostat.fact;

/// Whose a change of a specification is. Only a person's change keeps our hands off.
public enum Provenance {
    /// We wrote it: it equals a specification that was recorded before it was sent.
    OURS,
    /// Swarm put the specification before it back by itself, after an update failed.
    SWARMS,
    /// A deployment's: it changed the image or the configuration.
    DEPLOYMENT,
    /// Anything else.
    PERSON,
    /// Something was written and nothing is different: nobody changed anything.
    NOBODY
}
