/**
 * The sandbox's Druid as tests see it: it can be killed, started in place, and asked by SQL.
 * A proxy stands between the functions and its router, counts their requests, and can make the network fail.
 * Tests themselves talk to the router directly, so that faults and counts concern the functions only.
 */
package sluice.sandbox.druid;
