/** Loads on the real parts while the ways between them are broken. */
package sluice.ingest.faults;
