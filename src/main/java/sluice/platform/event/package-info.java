/**
 * Sluice's events: CloudEvents 1.0 on an EventBridge bus. Each event states a fact that the state table already holds.
 * Sending it twice is harmless, because its id is a function of the fact. {@code infra/events/schemas} defines the data of
 * each type.
 */
@NullMarked
package sluice.platform.event;

import org.jspecify.annotations.NullMarked;
