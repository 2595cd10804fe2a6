/**
 * The HTTP API for CI and people: lint, definitions, rollback, runs, objects, clusters. API Gateway authenticates each call
 * and passes it on as an event. The gate turns it into one call on the domain, and into an answer that
 * {@code infra/api/openapi.yaml} describes. Problems are RFC 9457 problem+json.
 */
@NullMarked
package sluice.entry.gate;

import org.jspecify.annotations.NullMarked;
