/// A Java agent that stops the program at a named place of its code, or lets that place fail, so
/// that the code itself needs no hook for it. It runs inside the victim, knows nothing of the rest
/// of the tests, and is packed into a jar of its own by them.
@NullMarked
package io.homeostat.crash.agent;

import org.jspecify.annotations.NullMarked;
