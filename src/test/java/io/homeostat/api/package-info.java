@NullMarked
package io.homeostat.api;

import org.jspecify.annotations.NullMarked;
