/**
 * A small AWS on loopback for the functions: Lambda with its Runtime API, SQS queues with event source mappings,
 * an EventBridge bus, and schedules, wired by {@code infra/events/routes.json} as Terraform wires the real ones.
 * Each function runs in processes of its own out of the deployment package, and is killed, timed out, throttled and
 * retried as on AWS. Hooks let tests repeat deliveries, fail the bus, and read queues and events.
 */
package sluice.sandbox.lambda;
