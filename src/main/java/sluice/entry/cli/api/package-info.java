/**
 * Calls to the gate's HTTP API: one client, and the ways to say who calls. The classes of the AWS SDK are touched only
 * where a call is signed, so that commands without one start without them.
 */
@NullMarked
package sluice.entry.cli.api;

import org.jspecify.annotations.NullMarked;
