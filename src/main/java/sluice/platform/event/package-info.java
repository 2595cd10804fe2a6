/**
 * What Sluice says to the world: CloudEvents 1.0 on an EventBridge bus. Each event states a fact that is already in the
 * state table; sending it twice is harmless because its id is a function of the fact. What each type carries is in
 * {@code infra/events/schemas}.
 */
package sluice.platform.event;
