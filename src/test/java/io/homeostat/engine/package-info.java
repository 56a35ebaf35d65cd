@NullMarked
package io.homeostat.engine;

import org.jspecify.annotations.NullMarked;
