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
 * How Jackson reads an event and writes an answer, found out while the executable is built. Jackson looks at the members
 * and annotations of a type when it first meets it, which is slow in an executable; Quarkus has it meet all of them anew at
 * each start, for it copies the mappers then. What it does to a copy is the same at every start.
 */
final class PreparedJson {

    /** Of the shape that SQS gives: what is found out depends on which members there are. */
    private static final String MESSAGE =
            """
            {"Records": [{"messageId": "0", "receiptHandle": "0", "body": "{}", "md5OfBody": "0",
              "attributes": {"ApproximateReceiveCount": "1"}, "messageAttributes": {}, "eventSource": "aws:sqs",
              "eventSourceARN": "arn:aws:sqs:us-east-1:0:sluice", "awsRegion": "us-east-1"}]}""";

    /** Of the shape that API Gateway gives. */
    private static final String CALL =
            """
            {"version": "2.0", "routeKey": "$default", "rawPath": "/", "rawQueryString": "", "headers": {"accept": "",
              "accept-encoding": "", "content-length": "0", "content-type": "", "host": "", "user-agent": ""},
              "queryStringParameters": {}, "requestContext": {"accountId": "0", "apiId": "0", "authorizer": {"iam": {}},
                "domainName": "", "domainPrefix": "", "http": {"method": "GET", "path": "/", "protocol": "HTTP/1.1",
                  "sourceIp": "0", "userAgent": ""}, "requestId": "0", "routeKey": "$default", "stage": "$default",
                "time": "", "timeEpoch": 0}, "body": "{}", "isBase64Encoded": false}""";

    /** What is in a message: an event as its queue has it, and what S3 tells. */
    private static final List<String> CONTENTS = List.of(
            """
            {"specversion": "1.0", "id": "0", "source": "/sluice", "type": "", "subject": "", "time": "",
              "datacontenttype": "application/json", "dataschema": "", "data": {"runId": "0"}}""",
            """
            {"Records": [{"eventVersion": "2.1", "eventSource": "aws:s3", "awsRegion": "us-east-1", "eventTime": "",
              "eventName": "ObjectCreated:Put", "s3": {"bucket": {"name": "0"}, "object": {"key": "0", "size": 0,
                "eTag": "0", "versionId": "0", "sequencer": "0"}}}]}""");

    /** What most events read or write. */
    private static final List<Class<?>> STORED = List.of(CloudEvent.class, Plan.class, Run.class, S3Notification.class);

    /** By the names of functions. */
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
            // Each reader has given the mapper a module more, and what it had learned before was forgotten with that.
            events.convertValue(read(events, MESSAGE), SQSEvent.class);
            read(events, CALL);
            keep(events);
            // Jackson learns the classes of the members' values, and a stream's lists have one for each of these sizes.
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
            // Text of a tree is written by a mapper of its own.
            JsonNodeFactory.instance.objectNode().toString();
        } else {
            WRITER = null;
        }
    }

    private PreparedJson() {}

    /** What reads a function's events; null where it takes none. */
    static LambdaInputReader<?> reader(FunctionInvoker function) {
        return READERS.get(function.getName());
    }

    static LambdaOutputWriter writer() {
        return WRITER;
    }

    /** What reads an event's content as a function's input; null where it takes none. */
    static ObjectReader input(FunctionInvoker function) {
        return function.hasInput()
                ? (ObjectReader) function.getBindingContext().get(ObjectReader.class.getName())
                : null;
    }

    /** Both as bytes and as characters: names in them are kept in places of their own. */
    private static JsonNode read(ObjectMapper mapper, String json) {
        try {
            mapper.readTree(json);
            return mapper.readTree(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    /** How a whole answer of the type is written; {@code canSerialize} would learn it as a part of another. */
    private static void learn(ObjectMapper mapper, Class<?> type) {
        try {
            mapper.getSerializerProviderInstance().findTypedValueSerializer(type, true, null);
        } catch (JsonMappingException exception) {
            throw new IllegalStateException(exception);
        }
    }

    /** Jackson makes its table anew, of all that it has learned since, when it is next asked for a writer. */
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

    /** Quarkus' own initialisation makes the mapper that these are copies of. */
    private static void requireStaticInit() {
        try {
            Class.forName("io.quarkus.runner.ApplicationImpl", true, PreparedJson.class.getClassLoader());
        } catch (ClassNotFoundException exception) {
            throw new IllegalStateException(exception);
        }
    }
}
