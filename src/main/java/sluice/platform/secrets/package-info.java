/**
 * Secrets by reference: Secrets Manager and SSM parameters, read when they are first needed. Only {@code platform.druid}
 * gets their values. Everybody else handles references.
 */
@NullMarked
package sluice.platform.secrets;

import org.jspecify.annotations.NullMarked;
