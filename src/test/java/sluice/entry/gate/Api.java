package sluice.entry.gate;

import io.restassured.RestAssured;
import io.restassured.builder.RequestSpecBuilder;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import sluice.sandbox.Sandbox;
import sluice.sandbox.lambda.HttpApi;

/** The sandbox's API as tests call it: every answer is held against the OpenAPI document. */
public final class Api {

    public static final String YAML = "application/yaml";
    private static final OpenApiFilter DOCUMENT = new OpenApiFilter();

    private final Sandbox sandbox;

    public Api(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    public RequestSpecification call() {
        return RestAssured.given()
                .spec(new RequestSpecBuilder()
                        .setBaseUri(sandbox.api().uri())
                        .addFilter(DOCUMENT)
                        .setConfig(RestAssuredConfig.config()
                                .encoderConfig(EncoderConfig.encoderConfig()
                                        .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                                        .encodeContentTypeAs(YAML, ContentType.TEXT)))
                        .build());
    }

    public RequestSpecification callAs(String caller) {
        return call().header(HttpApi.CALLER, caller);
    }

    public RequestSpecification json(String body) {
        return call().contentType("application/json").body(body);
    }

    public RequestSpecification yaml(String body) {
        return call().contentType(YAML).body(body);
    }

    public static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(250));
    }
}
