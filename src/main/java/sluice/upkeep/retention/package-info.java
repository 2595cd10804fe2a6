/**
 * How long data stays: the sweep of a cluster's datasources. What there is becomes a {@link sluice.upkeep.retention.Snapshot};
 * pure functions decide over it ({@link sluice.upkeep.retention.SweepPlanner}); what they decide is marked unused, or planned as
 * a kill run, and told in a {@link sluice.upkeep.retention.SweepReport}. Every step can be taken twice.
 */
package sluice.upkeep.retention;
