/**
 * Sluice's own metrics. Functions write them as log lines in CloudWatch's Embedded Metric Format, so a metric costs no call.
 * {@code docs/operations.md} lists them.
 */
@NullMarked
package sluice.platform.metric;

import org.jspecify.annotations.NullMarked;
