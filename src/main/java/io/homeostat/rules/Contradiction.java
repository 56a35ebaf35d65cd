package io.homeostat.rules;

/// Two claims that cannot hold at once; the same twice when one cannot hold by itself.
record Contradiction(Token one, Token other) {}
