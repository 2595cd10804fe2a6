package sluice.platform.secrets;

import java.net.URI;
import java.time.Clock;
import java.util.Map;
import sluice.simulation.DefaultSettings;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/** The real beans of this package, in front of a {@link SecretServer} or a fake. */
public record SecretsOverHttp(SecretStore store, SecretMask mask, DefinitionSecrets definitions) {

    /** @param ofDefinitions {@code SLUICE_SECRETS}; empty for none */
    public static SecretsOverHttp of(SecretServer server, Clock clock, String ofDefinitions) {
        return of(source(server), clock, ofDefinitions);
    }

    /** @param ofDefinitions {@code SLUICE_SECRETS}; empty for none */
    public static SecretsOverHttp of(SecretSource source, Clock clock, String ofDefinitions) {
        SecretStore store = new SecretStore(source, clock);
        SecretMask mask = new SecretMask();
        Map<String, String> settings = ofDefinitions.isEmpty() ? Map.of() : Map.of("sluice.secrets", ofDefinitions);
        return new SecretsOverHttp(
                store, mask, new DefinitionSecrets(DefaultSettings.of(SecretSettings.class, settings), store, mask));
    }

    static AwsSecretSource source(SecretServer server) {
        StaticCredentialsProvider credentials =
                StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret"));
        return new AwsSecretSource(
                SecretsManagerClient.builder()
                        .endpointOverride(URI.create(server.url()))
                        .region(Region.EU_CENTRAL_1)
                        .credentialsProvider(credentials)
                        .httpClient(UrlConnectionHttpClient.create())
                        .build(),
                SsmClient.builder()
                        .endpointOverride(URI.create(server.url()))
                        .region(Region.EU_CENTRAL_1)
                        .credentialsProvider(credentials)
                        .httpClient(UrlConnectionHttpClient.create())
                        .build());
    }
}
