package io.homeostat.action;

/// Carries out one family of actions on one outside system. Called on a virtual thread; may block
/// until the deadline of its own calls.
///
/// It tries once: retries belong to the engine, which judges each again.
public interface Actuator<A extends Action> {
    /// Does it, or says why not. Before the first byte that changes anything leaves, it asks for
    /// clearance.
    ///
    /// @throws InterruptedException when the process is stopping; whether it was done is then
    ///   unknown
    Report perform(A action, Clearance clearance) throws InterruptedException;
}
