package sluice.platform.event;

import io.quarkus.funqy.runtime.FunqyConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import sluice.platform.environment.EnvironmentSettings;

/** The CloudEvent {@code source} of this function in this environment. */
@ApplicationScoped
public class EventSource {

    private final String uri;

    @Inject
    EventSource(EnvironmentSettings settings, FunqyConfig functions) {
        this("/sluice/" + settings.environment() + "/" + functions.export().orElse("local"));
    }

    private EventSource(String uri) {
        this.uri = uri;
    }

    /** Returns a source with this URI, for publishers that are not a function. */
    public static EventSource named(String uri) {
        return new EventSource(uri);
    }

    public String uri() {
        return uri;
    }
}
