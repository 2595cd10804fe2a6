package sluice.event;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Who is speaking: the CloudEvent {@code source} of this function in this environment. */
@ApplicationScoped
public class EventSource {

    private final String uri;

    EventSource(
            @ConfigProperty(name = "sluice.environment", defaultValue = "default") String environment,
            @ConfigProperty(name = "quarkus.funqy.export") Optional<String> function) {
        this.uri = "/sluice/" + environment + "/" + function.orElse("local");
    }

    public String uri() {
        return uri;
    }
}
