/**
 * A DynamoDB on this machine: the JSON protocol over HTTP, in front of the table model that the simulated world uses too.
 *
 * <p>It speaks what Sluice says and refuses everything else by name, so that a new call fails here before it surprises on
 * AWS. {@code StateTableContract} holds of it.
 */
package sluice.sandbox.dynamodb;
