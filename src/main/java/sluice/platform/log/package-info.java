/** Structured logging: a constant message says what happened, key-values say which one. */
@NullMarked
package sluice.platform.log;

import org.jspecify.annotations.NullMarked;
