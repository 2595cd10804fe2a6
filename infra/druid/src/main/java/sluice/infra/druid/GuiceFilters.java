package sluice.infra.druid;

import com.google.inject.Injector;
import com.google.inject.servlet.GuiceFilter;
import java.util.Arrays;
import java.util.List;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.servlet.FilterHolder;
import org.eclipse.jetty.servlet.ServletContextHandler;

/**
 * Gives a Jetty server the filter of its own injector.
 *
 * <p>Druid 33 adds {@link GuiceFilter} by class, and such a filter serves whatever injector was made last in the
 * process. With several roles in one process every port would answer for that one role.
 */
final class GuiceFilters {

    private GuiceFilters() {}

    /**
     * @param server made by {@code injector} and not yet started
     * @throws IllegalStateException if the server has no such filter, which means that Druid has changed
     */
    static void bind(Server server, Injector injector) {
        List<FilterHolder> filters = Arrays.stream(server.getChildHandlersByClass(ServletContextHandler.class))
                .map(GuiceFilters::filters)
                .flatMap(Arrays::stream)
                .filter(filter -> GuiceFilter.class.getName().equals(filter.getClassName()))
                .toList();
        if (filters.isEmpty()) {
            throw new IllegalStateException("Druid's Jetty server has no GuiceFilter: is this Druid 33?");
        }
        filters.forEach(filter -> filter.setFilter(injector.getInstance(GuiceFilter.class)));
    }

    private static FilterHolder[] filters(Handler handler) {
        return ((ServletContextHandler) handler).getServletHandler().getFilters();
    }
}
