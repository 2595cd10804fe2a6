/**
 * Starts DynamoDB Local for the sandbox.
 * Its own command line would listen on every network interface and report its use to its maker; this one does neither.
 * Tables live in memory and end with the process.
 */
package sluice.infra.dynamodb;
