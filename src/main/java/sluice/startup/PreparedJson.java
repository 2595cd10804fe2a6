package sluice.startup;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.amazon.lambda.runtime.AmazonLambdaMapperRecorder;
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
import sluice.event.CloudEvent;
import sluice.gate.HttpAnswer;
import sluice.intake.S3Notification;
import sluice.run.Plan;
import sluice.run.Run;

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

    /** What most events read or write. */
    private static final List<Class<?>> STORED = List.of(CloudEvent.class, Plan.class, Run.class, S3Notification.class);

    private static final ObjectMapper EVENTS;
    private static final ObjectMapper ANSWERS;

    static {
        if (ImageMode.current() == ImageMode.NATIVE_BUILD) {
            requireStaticInit();
            EVENTS = AmazonLambdaMapperRecorder.objectMapper.copy();
            new AwsEventInputReader(EVENTS, null, null);
            EVENTS.convertValue(read(EVENTS, MESSAGE), SQSEvent.class);
            read(EVENTS, CALL);
            ANSWERS = AmazonLambdaMapperRecorder.objectMapper.copy();
            for (FunctionInvoker function : FunctionRecorder.registry.invokers()) {
                if (function.hasOutput()) {
                    ANSWERS.canSerialize(
                            ANSWERS.constructType(function.getOutputType()).getRawClass());
                }
            }
            // Jackson learns the classes of the members' values, and a stream's lists have one for each of these sizes.
            for (int failures = 0; failures <= 3; failures++) {
                write(new SQSBatchResponse(Stream.generate(() -> new BatchItemFailure("0"))
                        .limit(failures)
                        .toList()));
            }
            write(new HttpAnswer(200, new TreeMap<>(Map.of("content-type", "application/json")), "{}", false));
            ObjectMapper own = Arc.container().instance(ObjectMapper.class).get();
            read(own, "{}");
            for (Class<?> type : STORED) {
                own.canSerialize(type);
                own.canDeserialize(own.constructType(type));
            }
            // Text of a tree is written by a mapper of its own.
            JsonNodeFactory.instance.objectNode().toString();
        } else {
            EVENTS = null;
            ANSWERS = null;
        }
    }

    private PreparedJson() {}

    /** Bytes, for names in them are kept in a place of their own. */
    private static JsonNode read(ObjectMapper mapper, String json) {
        try {
            return mapper.readTree(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    private static void write(Object answer) {
        try {
            ANSWERS.writeValueAsBytes(answer);
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

    /** The build fails where Quarkus makes its reader otherwise. */
    @TargetClass(AwsEventInputReader.class)
    static final class Reader {

        @Alias
        ObjectMapper mapper;

        @Alias
        private FunqyAmazonBuildTimeConfig amazonBuildTimeConfig;

        @Alias
        private ObjectReader reader;

        @Substitute
        Reader(ObjectMapper mapper, ObjectReader reader, FunqyAmazonBuildTimeConfig config) {
            this.mapper = EVENTS;
            this.reader = reader;
            this.amazonBuildTimeConfig = config;
        }
    }

    /** The build fails where Quarkus makes its writer otherwise. */
    @TargetClass(AwsEventOutputWriter.class)
    static final class Writer {

        @Alias
        ObjectMapper mapper;

        @Substitute
        Writer(ObjectMapper mapper) {
            this.mapper = ANSWERS;
        }
    }
}
