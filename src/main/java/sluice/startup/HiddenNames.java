package sluice.startup;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigSourceInterceptorFactory;
import io.smallrye.config.ConfigValue;
import java.util.Iterator;
import java.util.OptionalInt;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/**
 * Leaves names out where the names of all properties are told; their values can be looked up as ever. At a start Quarkus
 * walks all names several times, to tell of those that are unknown or deprecated: names that it gave to itself are
 * neither.
 *
 * @param hidden which names are left out
 */
record HiddenNames(Predicate<String> hidden) implements ConfigSourceInterceptorFactory {

    /** Outermost. */
    @Override
    public OptionalInt getPriority() {
        return OptionalInt.of(Integer.MAX_VALUE);
    }

    @Override
    public ConfigSourceInterceptor getInterceptor(ConfigSourceInterceptorContext context) {
        return new Interceptor(hidden);
    }

    private record Interceptor(Predicate<String> hidden) implements ConfigSourceInterceptor {

        @Override
        public ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
            return context.proceed(name);
        }

        @Override
        public Iterator<String> iterateNames(ConfigSourceInterceptorContext context) {
            return StreamSupport.stream(
                            Spliterators.spliteratorUnknownSize(context.iterateNames(), Spliterator.NONNULL), false)
                    .filter(hidden.negate())
                    .iterator();
        }
    }
}
