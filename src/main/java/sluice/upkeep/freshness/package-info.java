/**
 * Whether datasources are as fresh as their definitions expect ({@code expect: {freshness: PT2H}}). The state table answers it,
 * without a call to Druid.
 */
@NullMarked
package sluice.upkeep.freshness;

import org.jspecify.annotations.NullMarked;
