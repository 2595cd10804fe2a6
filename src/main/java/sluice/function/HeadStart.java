package sluice.function;

import io.quarkus.arc.ClientProxy;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import sluice.druid.DruidClusters;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Makes the client that a function's first event will need while the function still asks Lambda for it: on a processor
 * that would have nothing to do.
 */
@ApplicationScoped
class HeadStart {

    private static final Logger LOG = Logger.getLogger(HeadStart.class);

    private final DynamoDbClient dynamoDb;
    private final DruidClusters clusters;
    private final Optional<String> function;

    HeadStart(
            DynamoDbClient dynamoDb,
            DruidClusters clusters,
            @ConfigProperty(name = "quarkus.funqy.export") Optional<String> function) {
        this.dynamoDb = dynamoDb;
        this.clusters = clusters;
        this.function = function;
    }

    void begin(@Observes StartupEvent started) {
        switch (function.orElse("")) {
            case "submit", "follow", "poll" -> ahead(() -> ClientProxy.unwrap(dynamoDb));
            case "retain" -> ahead(() -> clusters.names().forEach(clusters::find));
            default -> {}
        }
    }

    private static void ahead(Runnable step) {
        Thread thread = new Thread(() -> isolated(step), "head-start");
        thread.setDaemon(true);
        thread.start();
    }

    private static void isolated(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException exception) {
            // The event that needs the client meets it again, and says it to whom it concerns.
            LOG.debug("No head start", exception);
        }
    }
}
