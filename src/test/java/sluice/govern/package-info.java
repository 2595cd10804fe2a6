/** Tests of versions of definitions, plans, settings, rollbacks and drift. */
package sluice.govern;
