package sluice.platform.event;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The CloudEvent {@code source} of this function in this environment. */
@ApplicationScoped
public class EventSource {

    private final String uri;

    @Inject
    EventSource(EventSettings settings, @ConfigProperty(name = "quarkus.funqy.export") Optional<String> function) {
        this("/sluice/" + settings.environment() + "/" + function.orElse("local"));
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
