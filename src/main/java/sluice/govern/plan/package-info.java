/**
 * What applying a definition would change, before anything changes: the spec that it makes of a batch, what the contract
 * says of that spec, and how the definition differs from the one in force.
 */
package sluice.govern.plan;
