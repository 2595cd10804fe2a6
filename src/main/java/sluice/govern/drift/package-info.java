/**
 * Finds changes of columns in new files and in the live datasource. It compares the definition, the columns of earlier files
 * and a sample of the new files. The definition says what happens then ({@code drift: warn, fail, evolve} or
 * {@code rollback}).
 */
@NullMarked
package sluice.govern.drift;

import org.jspecify.annotations.NullMarked;
