/** Targets for the fuzzer Jazzer, and what runs them: {@code ./mvnw verify -Pfuzz}. */
@NullMarked
package sluice.fuzz;

import org.jspecify.annotations.NullMarked;
