/** The AWS SDK's clients, for injection into the classes of {@code platform} that call AWS. */
@NullMarked
package sluice.platform.aws;

import org.jspecify.annotations.NullMarked;
