package sluice.nativeimage;

import java.util.List;
import java.util.Map;
import sluice.sandbox.lambda.Json;
import sluice.sandbox.lambda.Routes;

/**
 * The least that a function is ever asked for: a tick with nothing due, a sweep of a cluster that has no datasource, an
 * event about a run that does not exist, S3's test of a notification, a path that the API does not have. Which of them
 * a function gets, the routes say.
 */
record FirstEvents(Routes routes) {

    String of(String function) {
        if (routes.schedules().values().stream()
                .anyMatch(schedule -> schedule.function().equals(function))) {
            return scheduled();
        }
        return routes.queues().entrySet().stream()
                .filter(queue -> queue.getValue().function().equals(function))
                .map(queue -> sqs(fedByS3(queue.getKey()) ? s3Test() : unknownRun()))
                .findFirst()
                .orElseGet(FirstEvents::http);
    }

    String scheduled() {
        return Json.write(Map.of(
                "version", "0",
                "id", "00000000-0000-0000-0000-000000000000",
                "detail-type", "Scheduled Event",
                "source", "aws.events",
                "time", "2026-01-01T00:00:00Z",
                "region", "us-east-1",
                "resources", List.of("arn:aws:events:us-east-1:000000000000:rule/sluice"),
                "detail", Map.of()));
    }

    private boolean fedByS3(String queue) {
        return routes.s3Notifications().stream().anyMatch(route -> route.queue().equals(queue));
    }

    private static Object s3Test() {
        return Map.of("Service", "Amazon S3", "Event", "s3:TestEvent", "Bucket", "landing");
    }

    private static Object unknownRun() {
        return Map.of(
                "specversion", "1.0",
                "id", "00000000-0000-0000-0000-000000000000",
                "type", "sluice.run.planned",
                // Events of other sources are dropped before anything is asked.
                "source", "/sluice/default/bench",
                "data", Map.of("runId", "aaaaaaaaaaaaaaaaaaaaaaaaaa"));
    }

    private static String sqs(Object body) {
        return Json.write(Map.of(
                "Records",
                List.of(Map.of(
                        "messageId", "00000000-0000-0000-0000-000000000000",
                        "receiptHandle", "handle",
                        "body", Json.write(body),
                        "attributes", Map.of("ApproximateReceiveCount", "1"),
                        "messageAttributes", Map.of(),
                        "eventSource", "aws:sqs",
                        "eventSourceARN", "arn:aws:sqs:us-east-1:000000000000:sluice",
                        "awsRegion", "us-east-1"))));
    }

    private static String http() {
        return Json.write(Map.of(
                "version", "2.0",
                "routeKey", "$default",
                "rawPath", "/v1/nothing",
                "rawQueryString", "",
                "headers", Map.of("accept", "application/json"),
                "requestContext",
                        Map.of(
                                "requestId",
                                "00000000",
                                "http",
                                Map.of("method", "GET", "path", "/v1/nothing", "sourceIp", "127.0.0.1")),
                "isBase64Encoded", false));
    }
}
