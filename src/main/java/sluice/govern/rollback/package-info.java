/**
 * Rolling a definition back: the pointer at once; then the runs of the bad versions are stopped and watched until they
 * are gone, what they loaded is taken back where that is wanted, and what they were to load is loaded by the earlier
 * version. Each step can be taken twice, so a crash in between is finished by the next look.
 */
package sluice.govern.rollback;
