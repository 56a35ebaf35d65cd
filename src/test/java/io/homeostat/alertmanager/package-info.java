@NullMarked
package io.homeostat.alertmanager;

import org.jspecify.annotations.NullMarked;
