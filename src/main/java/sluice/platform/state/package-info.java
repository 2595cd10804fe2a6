/**
 * The one DynamoDB table that holds all state. Keys are made here, so that what lies under which key is read in one
 * place; what an item means belongs to the package that owns it.
 */
package sluice.platform.state;
