/**
 * The world that Sluice lives in, in memory: what stands behind the seams of {@code platform} keeps its rules here and can
 * be made to fail at every call. One thread uses a world at a time.
 */
package sluice.simulation;
