package io.homeostat.fact;

import java.time.Instant;
import java.util.SortedMap;

/// A person's wish, made by API or command line; it stands until it is done or expires.
///
/// @param id ours
/// @param verb what is wished: `scale`, `restart`, `rollback` of a service, `drain`, `activate` of
///   a node
/// @param target the service or node it is about
/// @param parameters what the verb needs: `replicas` for `scale`
/// @param by who wishes it
/// @param why the reason given
/// @param at when it was made
/// @param expires when it is forgotten if it could not be done
public record Request(
        String id,
        String verb,
        Subject target,
        SortedMap<String, String> parameters,
        String by,
        String why,
        Instant at,
        Instant expires)
        implements Fact {
    public Request {
        parameters = Sorted.copy(parameters);
    }

    @Override
    public Subject subject() {
        return new Subject(Subject.Kind.REQUEST, id);
    }

    /// The parameter as a whole number.
    ///
    /// @throws NumberFormatException when it is missing or not a whole number
    public int number(String parameter) {
        return Integer.parseInt(parameters.getOrDefault(parameter, "(none)"));
    }
}
