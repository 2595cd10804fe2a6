/**
 * Proxies between the functions and everything they call. Each passes requests on byte by byte, and breaks some of them in
 * the way a test asks for.
 */
package sluice.sandbox.fault;
