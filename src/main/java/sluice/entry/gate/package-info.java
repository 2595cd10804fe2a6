/**
 * The HTTP API that CI and people call: lint, definitions, rollback, runs, objects, clusters. API Gateway authenticates
 * and hands each call over as an event; here it becomes one call on the domain and an answer as
 * {@code infra/api/openapi.yaml} describes it. What goes wrong is told as RFC 9457 problem+json.
 */
package sluice.entry.gate;
