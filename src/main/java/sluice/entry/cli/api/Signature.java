package sluice.entry.cli.api;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/**
 * Signature Version 4 for a service such as execute-api, with credentials from the usual AWS chain.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html">AWS Signature Version 4</a>
 */
final class Signature implements CallAuthorization {

    /** The service of API Gateway's addresses. */
    static final String API = "execute-api";

    static final String QUEUES = "sqs";

    /** The HTTP client sets these itself, to the signed values. */
    private static final Set<String> SET_BY_THE_CLIENT = Set.of("host", "content-length");

    /** The beginning of the chain's message, before pages about every provider. */
    private static final String NONE_HAS_ANY = "Unable to load credentials from any";

    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
    private final AwsCredentialsProvider credentials;
    private final String service;
    private final String region;
    private final Clock clock;

    Signature(AwsCredentialsProvider credentials, String service, String region, Clock clock) {
        this.credentials = credentials;
        this.service = service;
        this.region = region;
        this.clock = clock;
    }

    /** @param region null for that of the usual AWS chain */
    static Signature ofAwsChain(String service, @Nullable String region) throws ApiException {
        // There is no log here, and SLF4J should not complain about it.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        return new Signature(
                DefaultCredentialsProvider.builder().build(),
                service,
                region == null ? chainRegion() : region,
                Clock.systemUTC());
    }

    static String chainRegion() throws ApiException {
        try {
            return new DefaultAwsRegionProviderChain().getRegion().id();
        } catch (SdkClientException nowhere) {
            throw ApiException.unreached("The AWS region is unknown: pass --region, or set AWS_REGION");
        }
    }

    @Override
    public Map<String, String> headers(ApiCall call, URI target) throws ApiException {
        SdkHttpFullRequest.Builder request = SdkHttpFullRequest.builder()
                .method(SdkHttpMethod.fromValue(call.method()))
                .uri(target);
        call.headers().forEach(request::putHeader);
        byte[] body = call.body() == null ? new byte[0] : call.body().getBytes(StandardCharsets.UTF_8);
        AwsCredentialsIdentity identity = identity();
        SignedRequest signed = signer.sign(sign -> sign.identity(identity)
                .request(request.build())
                .payload(() -> new ByteArrayInputStream(body))
                .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, service)
                .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                .putProperty(HttpSigner.SIGNING_CLOCK, clock));
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        signed.request().forEachHeader((name, values) -> headers.put(name, String.join(",", values)));
        headers.keySet().removeAll(call.headers().keySet());
        headers.keySet().removeAll(SET_BY_THE_CLIENT);
        return headers;
    }

    @Override
    public String curlOptions() {
        return "--aws-sigv4 \"aws:amz:" + region + ":" + service
                + "\" --user \"$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY\""
                + " -H \"x-amz-security-token: $AWS_SESSION_TOKEN\"";
    }

    private AwsCredentialsIdentity identity() throws ApiException {
        try {
            return credentials.resolveCredentials();
        } catch (SdkClientException nobody) {
            String reason = String.valueOf(nobody.getMessage());
            throw ApiException.unreached("There are no AWS credentials to sign the call with. Set AWS_ACCESS_KEY_ID and"
                    + " AWS_SECRET_ACCESS_KEY, or run: eval \"$(aws configure export-credentials --format env)\". For an"
                    + " API with tokens, set SLUICE_TOKEN; for one without authorization, pass --no-sign."
                    + (reason.startsWith(NONE_HAS_ANY) ? "" : " (" + reason + ")"));
        }
    }
}
