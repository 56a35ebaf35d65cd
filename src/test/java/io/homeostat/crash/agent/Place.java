package io.homeostat.crash.agent;

/// A place in the program's code.
///
/// @param type the full name of a class
/// @param method the name of one of its methods; all that bear it count
/// @param side its beginning, or right before it returns
public record Place(String type, String method, Side side) {
    /// A side of a method.
    public enum Side {
        ENTRY,
        EXIT
    }

    public static Place entering(String type, String method) {
        return new Place(type, method, Side.ENTRY);
    }

    public static Place leaving(String type, String method) {
        return new Place(type, method, Side.EXIT);
    }

    static Place parse(String text) {
        String[] parts = text.split(" ", -1);
        return new Place(parts[0], parts[1], Side.valueOf(parts[2]));
    }

    /// Also its name in orders and in woven code.
    @Override
    public String toString() {
        return type + " " + method + " " + side;
    }
}
