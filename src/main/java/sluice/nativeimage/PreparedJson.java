package sluice.nativeimage;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.amazon.lambda.runtime.AmazonLambdaMapperRecorder;
import io.quarkus.amazon.lambda.runtime.LambdaInputReader;
import io.quarkus.amazon.lambda.runtime.LambdaOutputWriter;
import io.quarkus.arc.Arc;
import io.quarkus.funqy.lambda.config.FunqyAmazonBuildTimeConfig;
import io.quarkus.funqy.lambda.event.AwsEventInputReader;
import io.quarkus.funqy.lambda.event.AwsEventOutputWriter;
import io.quarkus.funqy.runtime.FunctionInvoker;
import io.quarkus.funqy.runtime.FunctionRecorder;
import io.quarkus.runtime.ImageMode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import sluice.entry.gate.ApiGatewayResponse;
import sluice.ingest.intake.S3Notification;
import sluice.ingest.run.Plan;
import sluice.ingest.run.Run;
import sluice.platform.event.CloudEvent;

/**
 * Readers of events and writers of answers, made while the executable is built. Jackson inspects the members and
 * annotations of a type when it first meets the type, which is slow in an executable. Quarkus copies the mappers at each
 * start, and a copy has met no type.
 *
 * <p>Saves 1.3 to 2.5 MB of a function's memory, and nothing of {@code retain}'s ({@code infra/bench/startup}, 2026-11-27).
 */
final class PreparedJson {

    /** An SQS event. Jackson only learns the members that occur. */
    private static final String MESSAGE =
            """
            {"Records": [{"messageId": "0", "receiptHandle": "0", "body": "{}", "md5OfBody": "0",
              "attributes": {"ApproximateReceiveCount": "1"}, "messageAttributes": {}, "eventSource": "aws:sqs",
              "eventSourceARN": "arn:aws:sqs:us-east-1:0:sluice", "awsRegion": "us-east-1"}]}""";

    /** An event of an API Gateway HTTP API. */
    private static final String CALL =
            """
            {"version": "2.0", "routeKey": "$default", "rawPath": "/", "rawQueryString": "", "headers": {"accept": "",
              "accept-encoding": "", "content-length": "0", "content-type": "", "host": "", "user-agent": ""},
              "queryStringParameters": {}, "requestContext": {"accountId": "0", "apiId": "0", "authorizer": {"iam": {}},
                "domainName": "", "domainPrefix": "", "http": {"method": "GET", "path": "/", "protocol": "HTTP/1.1",
                  "sourceIp": "0", "userAgent": ""}, "requestId": "0", "routeKey": "$default", "stage": "$default",
                "time": "", "timeEpoch": 0}, "body": "{}", "isBase64Encoded": false}""";

    /** Bodies of SQS messages: a CloudEvent and a notification of S3. */
    private static final List<String> CONTENTS = List.of(
            """
            {"specversion": "1.0", "id": "0", "source": "/sluice", "type": "", "subject": "", "time": "",
              "datacontenttype": "application/json", "dataschema": "", "data": {"runId": "0"}}""",
            """
            {"Records": [{"eventVersion": "2.1", "eventSource": "aws:s3", "awsRegion": "us-east-1", "eventTime": "",
              "eventName": "ObjectCreated:Put", "s3": {"bucket": {"name": "0"}, "object": {"key": "0", "size": 0,
                "eTag": "0", "versionId": "0", "sequencer": "0"}}}]}""");

    /** Types that most events read or write. */
    private static final List<Class<?>> STORED = List.of(CloudEvent.class, Plan.class, Run.class, S3Notification.class);

    /** Readers by function. */
    private static final Map<String, AwsEventInputReader> READERS = new TreeMap<>();

    private static final AwsEventOutputWriter WRITER;

    static {
        if (ImageMode.current() == ImageMode.NATIVE_BUILD) {
            requireStaticInit();
            ObjectMapper events = AmazonLambdaMapperRecorder.objectMapper.copy();
            ObjectMapper answers = AmazonLambdaMapperRecorder.objectMapper.copy();
            WRITER = new AwsEventOutputWriter(answers);
            FunqyAmazonBuildTimeConfig config = PreparedConfig.mapping(FunqyAmazonBuildTimeConfig.class);
            for (FunctionInvoker function : FunctionRecorder.registry.invokers()) {
                if (function.hasInput()) {
                    READERS.put(function.getName(), new AwsEventInputReader(events, input(function), config));
                }
                if (function.hasOutput()) {
                    learn(
                            answers,
                            answers.constructType(function.getOutputType()).getRawClass());
                }
            }
            // Each reader registers a module with the mapper, which then forgets what it has learned: so this comes
            // after them.
            events.convertValue(read(events, MESSAGE), SQSEvent.class);
            read(events, CALL);
            keep(events);
            // Jackson learns the classes of values, and the lists of a stream have a class for each of these sizes.
            for (int failures = 0; failures <= 3; failures++) {
                write(
                        answers,
                        new SQSBatchResponse(Stream.generate(() -> new BatchItemFailure("0"))
                                .limit(failures)
                                .toList()));
            }
            write(
                    answers,
                    new ApiGatewayResponse(
                            200, new TreeMap<>(Map.of("content-type", "application/json")), "{}", false));
            ObjectMapper own = Arc.container().instance(ObjectMapper.class).get();
            for (String content : CONTENTS) {
                read(own, content);
            }
            for (Class<?> type : STORED) {
                learn(own, type);
                own.canDeserialize(own.constructType(type));
            }
            keep(answers);
            keep(own);
            // A tree writes itself with a mapper of its own.
            JsonNodeFactory.instance.objectNode().toString();
        } else {
            WRITER = null;
        }
    }

    private PreparedJson() {}

    /** Returns the reader of a function's events; null if it takes no input. */
    static LambdaInputReader<?> reader(FunctionInvoker function) {
        return READERS.get(function.getName());
    }

    static LambdaOutputWriter writer() {
        return WRITER;
    }

    /** Returns the reader of a function's input; null if it takes none. */
    static ObjectReader input(FunctionInvoker function) {
        return function.hasInput()
                ? (ObjectReader) function.getBindingContext().get(ObjectReader.class.getName())
                : null;
    }

    /** Reads bytes and characters, for which Jackson has separate tables of names. */
    private static JsonNode read(ObjectMapper mapper, String json) {
        try {
            mapper.readTree(json);
            return mapper.readTree(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    /** Has the mapper learn to write the type as a whole answer; {@code canSerialize} learns it as a part of another. */
    private static void learn(ObjectMapper mapper, Class<?> type) {
        try {
            mapper.getSerializerProviderInstance().findTypedValueSerializer(type, true, null);
        } catch (JsonMappingException exception) {
            throw new IllegalStateException(exception);
        }
    }

    /** Has Jackson put all that it has learned into the table that writers use. */
    private static void keep(ObjectMapper mapper) {
        mapper.getSerializerProviderInstance();
    }

    private static void write(ObjectMapper mapper, Object answer) {
        try {
            mapper.writeValueAsBytes(answer);
        } catch (JsonProcessingException exception) {
            throw new IllegalStateException(exception);
        }
    }

    /** Runs Quarkus' static initialisation, which makes the mapper that these are copies of. */
    private static void requireStaticInit() {
        try {
            Class.forName("io.quarkus.runner.ApplicationImpl", true, PreparedJson.class.getClassLoader());
        } catch (ClassNotFoundException exception) {
            throw new IllegalStateException(exception);
        }
    }
}
