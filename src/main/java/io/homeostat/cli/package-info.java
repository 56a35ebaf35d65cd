/// The short commands: rules and scenarios are tried here, a running Homeostat is asked over HTTP,
/// its database is copied and put back as the file that it is, and any Swarm is looked at for what
/// is wrong with it.
///
/// May depend on: the core, `scenario`, `store`, `doctor`, and `swarm` to look at one.
@NullMarked
package io.homeostat.cli;

import org.jspecify.annotations.NullMarked;
