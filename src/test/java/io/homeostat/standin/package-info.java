/// Outside systems as seen from Homeostat: each speaks the protocol over a real socket, refuses
/// what the real one refuses in its words, and remembers what it was asked.
@NullMarked
package io.homeostat.standin;

import org.jspecify.annotations.NullMarked;
