/** The version of Sluice. Every part that says which version it is asks here. */
@NullMarked
package sluice.core.version;

import org.jspecify.annotations.NullMarked;
