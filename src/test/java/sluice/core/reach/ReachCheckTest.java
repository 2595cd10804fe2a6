package sluice.core.reach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.core.contract.Finding;
import sluice.core.definition.Definitions;

class ReachCheckTest {

    private static final String KAFKA = Definitions.MINIMAL
            + "stream:\n- {type: kafka, topic: t, consumerProperties: {bootstrap.servers: 'SASL_SSL://b:9092', %s}}\n";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "config.providers: file | SLU-0203",
                "config.providers: file, config.providers.file.class: 'org.apache.kafka.common.config.provider.FileConfigProvider' | SLU-0203",
                "druid.dynamic.config.provider: {type: environment, variables: {a: AWS_SECRET_ACCESS_KEY}} | SLU-0203",
                "druid.dynamic.config.provider: {type: unheardOf} | SLU-0203",
                "druid.dynamic.config.provider: {type: mapString, config: {config.providers: file}} | SLU-0203",
                "ssl.keystore.password: {type: environment, variable: HOME} | SLU-0203",
                "sasl.oauthbearer.token.endpoint.url: 'file:///etc/passwd' | SLU-0202",
                "sasl.oauthbearer.jwks.endpoint.url: 'https://evil.test/keys' | SLU-0202",
                "sasl.jaas.config: 'com.sun.security.auth.module.LdapLoginModule required a=b;' | SLU-0204",
                "sasl.jaas.config: '/* x */ com.sun.security.auth.module.JndiLoginModule required;' | SLU-0204",
                "sasl.jaas.config: 'org.apache.kafka.common.security.plain.PlainLoginModule required a=\"b;\"; com.Evil required;' | SLU-0204",
                "interceptor.classes: com.example.Evil | SLU-0204",
                "sasl.login.callback.handler.class: com.example.Evil | SLU-0204",
                "security.providers: com.example.Evil | SLU-0204",
                "sasl.kerberos.kinit.cmd: /bin/sh | SLU-0208"
            })
    void aStreamThatDrivesDruidAsADeputyIsRefused(String property, String code) {
        // When
        List<Finding> findings = ReachCheck.of(Definitions.of(KAFKA.formatted(property)), ReachPolicy.STRICT);

        // Then
        assertThat(findings).extracting(Finding::code).contains(code);
        assertThat(findings).allSatisfy(finding -> assertThat(finding.pointer()).startsWith("/stream/0"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "security.protocol: SASL_SSL",
                "client.id: a-b_c",
                "sasl.jaas.config: 'org.apache.kafka.common.security.scram.ScramLoginModule required username=\"a;b\" password=\"c\";'",
                "sasl.jaas.config: 'software.amazon.msk.auth.iam.IAMLoginModule required;', "
                        + "sasl.client.callback.handler.class: software.amazon.msk.auth.iam.IAMClientCallbackHandler",
                "druid.dynamic.config.provider: {type: mapString, config: {a: b}}",
                "partition.assignment.strategy: org.apache.kafka.clients.consumer.RangeAssignor",
                "ssl.truststore.location: /opt/kafka/truststore.jks"
            })
    void aStreamOfTheUsualKindIsAllowed(String property) {
        assertThat(ReachCheck.of(Definitions.of(KAFKA.formatted(property)), ReachPolicy.STRICT))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{type: protobuf, protoBytesDecoder: {type: file, descriptor: 'http://169.254.169.254/latest', protoMessageType: A}} | SLU-0202",
                "{type: protobuf, protoBytesDecoder: {type: file, descriptor: 'file:///etc/passwd', protoMessageType: A}} | SLU-0202",
                "{type: protobuf, protoBytesDecoder: {type: file, descriptor: 'jar:http://evil/x!/y', protoMessageType: A}} | SLU-0202",
                "{type: avro_stream, avroBytesDecoder: {type: schema_registry, url: 'http://evil.test/'}} | SLU-0202",
                "{type: avro_stream, avroBytesDecoder: {type: schema_registry, urls: ['http://evil.test/']}} | SLU-0202",
                "{type: regex, pattern: '(a+)+$', columns: [a]} | SLU-0207",
                "{type: javascript, function: 'function(x) {}'} | SLU-0206"
            })
    void anInputFormatThatDrivesDruidAsADeputyIsRefused(String format, String code) {
        // Given
        String text = Definitions.MINIMAL + "  inputFormat: " + format + "\n";

        // When
        List<Finding> findings = ReachCheck.of(Definitions.of(text), ReachPolicy.STRICT);

        // Then
        assertThat(findings).extracting(Finding::code).containsOnly(code);
    }

    @ParameterizedTest
    @CsvSource({
        "kinesis.eu-central-1.amazonaws.com, true",
        "https://kinesis-fips.us-gov-west-1.amazonaws.com, true",
        "kinesis.eu-central-1.amazonaws.com.evil.test, false",
        "evil.test/kinesis.eu-central-1.amazonaws.com, false",
        "http://localhost:4567, false"
    })
    void aKinesisEndpointIsOneOfAws(String endpoint, boolean isAllowed) {
        // Given
        String text = Definitions.MINIMAL + "stream:\n- {type: kinesis, stream: s, endpoint: '" + endpoint + "'}\n";

        // When
        List<Finding> findings = ReachCheck.of(Definitions.of(text), ReachPolicy.STRICT);

        // Then
        assertThat(findings.isEmpty()).isEqualTo(isAllowed);
    }

    @Test
    void theEnvironmentWidensEachOfThem() {
        // Given
        String text = Definitions.MINIMAL
                + """
                  inputFormat: {type: avro_stream, avroBytesDecoder: {type: schema_registry, url: 'https://registry.test/a'}}
                stream:
                - {type: kinesis, stream: s, awsAssumedRoleArn: 'arn:aws:iam::123456789012:role/reader'}
                - {type: kafka, id: events-2, topicPattern: '(a+)+', consumerProperties: {bootstrap.servers: 'b:1', \
                security.providers: com.example.Own, config.providers: file, \
                ssl.key.password: {type: environment, variable: A}}}
                """;
        ReachPolicy wide = ReachPolicy.of(
                Optional.empty(),
                List.of(
                        "address=https://registry.test/*",
                        "role=arn:aws:iam::123456789012:role/*",
                        "class=com.example.*",
                        "regex",
                        "environment",
                        "config-providers"));

        // Then
        assertThat(ReachCheck.of(Definitions.of(text), ReachPolicy.STRICT))
                .extracting(Finding::code)
                .containsExactlyInAnyOrder("SLU-0202", "SLU-0205", "SLU-0207", "SLU-0204", "SLU-0203", "SLU-0203");
        assertThat(ReachCheck.of(Definitions.of(text), wide)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://registry.test/schemas, true",
        "HTTPS://REGISTRY.TEST/schemas, true",
        "https://registry.test/../admin, false",
        "https://registry.test/%2e%2e/admin, false",
        "https://registry.test@evil.test/, false",
        "https://evil.test/.registry.test/, false",
        "https://a.registry.test/x, true",
        "https://evil.test?.registry.test/, false",
        "https://evil.test#.registry.test/, false",
        "https://registry.test.evil.test/, false",
        "http://registry.test/, false",
        "registry.test, false"
    })
    void aWildcardStaysOnItsSideOfTheBorderOfHostAndPath(String address, boolean isAllowed) {
        // Given
        ReachPolicy policy = ReachPolicy.of(
                Optional.empty(), List.of("address=https://registry.test/*", "address=https://*.registry.test/*"));

        // Then
        assertThat(policy.allowsAddress(address)).isEqualTo(isAllowed);
    }

    @ParameterizedTest
    @CsvSource({
        "'events=landing/events/*', true",
        "'events=landing', true",
        "'ev*=land*/ev*', true",
        "'*=landing/events/', true",
        "'other=landing', false",
        "'events=landing/events/deeper/', false",
        "'events=elsewhere', false"
    })
    void aBucketIsReadByWhomItWasGivenTo(String rule, boolean isAllowed) {
        // Given
        ReachPolicy policy = ReachPolicy.of(Optional.of(List.of(rule)), List.of());

        // When
        List<Finding> findings = ReachCheck.of(Definitions.of(Definitions.MINIMAL), policy);

        // Then
        assertThat(findings).extracting(Finding::code).isEqualTo(isAllowed ? List.of() : List.of("SLU-0201"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"landing", "=landing", "a=", "a=Land_ing", "a=landing/*/x"})
    void aMalformedRuleStopsTheFunction(String rule) {
        assertThatThrownBy(() -> ReachPolicy.of(Optional.of(List.of(rule)), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("SLUICE_BUCKETS: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"everything", "address=registry", "javascrpt"})
    void aMalformedWideningStopsTheFunction(String entry) {
        assertThatThrownBy(() -> ReachPolicy.of(Optional.empty(), List.of(entry)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("SLUICE_REACH: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "^(\\S+) (\\S+) \\[([^\\]]+)\\]$ ~ false",
                "a{2,3}b+c* ~ false",
                "(GET|POST) (\\d+) ~ false",
                "(?:ab+)++ ~ false",
                "(a+)+ ~ true",
                "((a+)b)* ~ true",
                "(a*){10} ~ true",
                "(x|y|xy)+ ~ true",
                "(.*)\\1 ~ true",
                "[(a+)+]* ~ false",
                "\\(a+\\)+ ~ false"
            })
    void aRegularExpressionIsRiskyIfAGroupRepeatsWhatRepeats(String pattern, boolean isRisky) {
        assertThat(RegexRisk.of(pattern)).isEqualTo(isRisky);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", ")", "[", "\\", "*", "a{", "))))((((", "\\Q(", "[[[["})
    void aBrokenRegularExpressionIsDruidsToRefuse(String pattern) {
        assertThat(RegexRisk.of(pattern)).isFalse();
    }

    @Test
    @Timeout(60)
    void longNamesDoNotMakeAPatternSlow() {
        // Given
        String name = "a".repeat(20_000) + "c";

        // Then
        assertThat(Wildcard.matches("a*".repeat(50) + "b", name)).isFalse();
    }
}
