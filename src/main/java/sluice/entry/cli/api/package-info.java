/**
 * Calls to the gate's HTTP API: one client, and the ways to authorize a call. Only signing touches the AWS SDK, so that
 * commands without a signature start without it.
 */
@NullMarked
package sluice.entry.cli.api;

import org.jspecify.annotations.NullMarked;
