package sluice.sandbox;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * Marks integration tests that {@code ./mvnw verify} runs a second time, with Druid 37 as the cluster {@code main}. The profile
 * {@code druid-37} of {@code pom.xml} picks them by their tag.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Tag("druid-37")
public @interface AlsoOnDruid37 {}
