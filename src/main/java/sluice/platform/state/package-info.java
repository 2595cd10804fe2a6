/**
 * The one DynamoDB table that holds all state. Every key is built here, so that one place
 * shows what the table holds. The package that owns an item defines its content.
 */
@NullMarked
package sluice.platform.state;

import org.jspecify.annotations.NullMarked;
