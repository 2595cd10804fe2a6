/**
 * What a definition may reach: buckets, and whatever Druid opens, loads or runs because a definition says so. Druid does it
 * with its own rights, so an author of definitions could use it as a deputy. The environment says what is allowed.
 */
@NullMarked
package sluice.core.reach;

import org.jspecify.annotations.NullMarked;
