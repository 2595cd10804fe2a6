/** Which environment this is: a table, a bus and a set of functions that work together and share nothing with others. */
@NullMarked
package sluice.platform.environment;

import org.jspecify.annotations.NullMarked;
