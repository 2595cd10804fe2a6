package sluice.event;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

/** The AWS client for the bus; region, credentials and endpoint come from Lambda's environment. */
class EventBridgeClientProducer {

    @Produces
    @ApplicationScoped
    EventBridgeClient client() {
        return EventBridgeClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    void close(@Disposes EventBridgeClient client) {
        client.close();
    }
}
