package sluice.entry.cli.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

/** What goes over the wire is signed as API Gateway checks it. */
class SignatureTest {

    /** Those of AWS' published test suite. */
    private static final String KEY = "AKIDEXAMPLE";

    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private static final String DATE = "20150830T123600Z";
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2015-08-30T12:36:00Z"), ZoneOffset.UTC);
    private static final Pattern AUTHORIZATION = Pattern.compile("AWS4-HMAC-SHA256 Credential=" + KEY
            + "/20150830/eu-central-1/execute-api/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})");

    @Test
    void theCheckItselfAgreesWithThePublishedTestSuite() {
        SignatureCheck check = new SignatureCheck(SECRET, DATE, "us-east-1", "service");
        Map<String, String> headers = Map.of("host", "example.amazonaws.com", "x-amz-date", DATE);

        assertThat(check.of("GET", "/", null, headers, "host;x-amz-date", ""))
                .as("get-vanilla")
                .isEqualTo("5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
        assertThat(check.of("GET", "/", "Param2=value2&Param1=value1", headers, "host;x-amz-date", ""))
                .as("get-vanilla-query-order-key-case")
                .isEqualTo("b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wikipedia", "web logs", "größe", "a+b*c~d"})
    void whatGoesOverTheWireHasTheSignatureThatAwsWouldCompute(String datasource) throws ApiException {
        try (FakeApi api = new FakeApi(asked -> FakeApi.Said.json(200, "{}"))) {
            // Given
            Signature signature = new Signature(
                    StaticCredentialsProvider.create(AwsSessionCredentials.create(KEY, SECRET, "token+/=")),
                    Signature.API,
                    "eu-central-1",
                    CLOCK);
            ApiClient client = new ApiClient(ApiAddress.of(api.url() + "/prod/"), signature, Duration.ZERO);

            // When
            client.call(ApiCall.put(ApiCall.path("definitions", datasource), "application/yaml", "datasource: größe\n")
                    .query("note", "first & only, 100 % = all")
                    .query("commit", "0a1b")
                    .header("if-match", "\"1.1\""));

            // Then
            FakeApi.Asked asked = api.asked().get(0);
            Matcher authorization = AUTHORIZATION.matcher(asked.headers().get("authorization"));
            assertThat(authorization.matches()).as(asked.headers().toString()).isTrue();
            assertThat(authorization.group(1).split(";"))
                    .contains("host", "x-amz-date", "x-amz-security-token", "if-match");
            assertThat(asked.headers()).containsEntry("x-amz-security-token", "token+/=");
            assertThat(asked.path()).startsWith("/prod/v1/definitions/");
            assertThat(new SignatureCheck(SECRET, DATE, "eu-central-1", "execute-api")
                            .of(
                                    asked.method(),
                                    asked.path(),
                                    asked.query(),
                                    asked.headers(),
                                    authorization.group(1),
                                    asked.body()))
                    .isEqualTo(authorization.group(2));
        }
    }

    @Test
    void withoutCredentialsNothingIsSentAndTheWayOutIsTold() {
        try (FakeApi api = new FakeApi(asked -> FakeApi.Said.json(200, "{}"))) {
            Signature signature = new Signature(
                    () -> {
                        throw SdkClientException.create("no provider has any");
                    },
                    Signature.API,
                    "eu-central-1",
                    CLOCK);

            assertThatThrownBy(() -> new ApiClient(ApiAddress.of(api.url()), signature, Duration.ZERO)
                            .call(ApiCall.get("/v1/clusters")))
                    .isInstanceOf(ApiException.class)
                    .hasMessageContaining("AWS_ACCESS_KEY_ID")
                    .hasMessageContaining("SLUICE_TOKEN");
            assertThat(api.asked()).isEmpty();
        }
    }

    @Test
    void aSecretNeverGoesIntoTheRequestItself() throws ApiException {
        try (FakeApi api = new FakeApi(asked -> FakeApi.Said.json(200, "{}"))) {
            Signature signature = new Signature(
                    StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, SECRET)),
                    Signature.API,
                    "eu-central-1",
                    CLOCK);

            new ApiClient(ApiAddress.of(api.url()), signature, Duration.ZERO).call(ApiCall.get("/v1/clusters"));

            assertThat(api.asked().get(0).toString()).contains(KEY).doesNotContain(SECRET);
        }
    }
}
