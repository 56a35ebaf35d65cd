package io.homeostat.fact;

/// A statement about the world that we hold to be true now. Equal records are the same fact.
///
/// The set is open: rules match facts, Java does not switch over them. No fact holds the current
/// time, and every collection in a fact is sorted, so that the same history gives the same
/// decisions.
public interface Fact {
    /// What the fact is about; within one kind of fact there is one fact per subject.
    Subject subject();
}
