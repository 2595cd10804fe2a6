/**
 * Streams as a person runs them: they are suspended, moved to other offsets and watched. Every operation is stored before its
 * first call to Druid, so it goes on after a crash, and it can be read afterwards.
 */
@NullMarked
package sluice.govern.streams;

import org.jspecify.annotations.NullMarked;
