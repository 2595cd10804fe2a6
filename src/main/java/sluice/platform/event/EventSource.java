package sluice.platform.event;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Who is speaking: the CloudEvent {@code source} of this function in this environment. */
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

    /** A source of this name, for those who speak without a function's environment. */
    public static EventSource named(String uri) {
        return new EventSource(uri);
    }

    public String uri() {
        return uri;
    }
}
