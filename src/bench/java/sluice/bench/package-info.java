/**
 * Figures for the README, each printed by a command. Nothing here asserts a time.
 */
package sluice.bench;
