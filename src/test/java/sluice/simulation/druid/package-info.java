/**
 * A Druid in memory, behind the interfaces of {@code sluice.platform.druid}: tasks, locks, segments and their lagging
 * views, with the behaviour that Druid 33 was seen to have. It is deterministic and single-threaded: time comes from the
 * test's clock, and nothing happens before the test steps the scheduler. It knows nothing of Sluice.
 */
package sluice.simulation.druid;
