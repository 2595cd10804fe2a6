/**
 * Shows what applying a definition would change before anything changes: the generated spec, the findings about it, the
 * differences from the active definition, and the changes of each cluster. It is a dry run.
 */
@NullMarked
package sluice.govern.plan;

import org.jspecify.annotations.NullMarked;
