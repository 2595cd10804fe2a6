/**
 * JSON and YAML as Sluice needs them: the canonical form that is hashed, readers that know lines and columns, JSON Pointers
 * and differences. It uses nothing else of Sluice.
 */
package sluice.core.json;
