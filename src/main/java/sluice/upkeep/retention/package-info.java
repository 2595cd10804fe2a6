/**
 * Retention: the sweeps of a cluster's datasources. A {@link sluice.upkeep.retention.DatasourceSnapshot} holds what a sweep
 * knows, pure functions decide over it ({@link sluice.upkeep.retention.SweepPlanner}), and
 * {@link sluice.upkeep.retention.Sweep} marks segments unused and plans kill runs. Every sweep leaves a
 * {@link sluice.upkeep.retention.SweepReport}. Each step is idempotent.
 */
@NullMarked
package sluice.upkeep.retention;

import org.jspecify.annotations.NullMarked;
