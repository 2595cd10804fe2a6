/**
 * The ways in: Lambda functions, the HTTP API and the command line. An entry point turns its trigger into a call and the
 * result into an answer. It may use every floor below; the command line uses only {@code core}.
 */
package sluice.entry;
