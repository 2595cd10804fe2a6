package sluice.sandbox.lambda;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CountDownLatch;

/**
 * A function for tests of the host: talks to the Runtime API as a native function does, and does what its event says:
 * {@code "fail"} reports an error, {@code "exit"} ends the process, {@code "hang"} never answers, everything else is
 * answered with the id of the process.
 */
final class ProbeFunction {

    private static final String API =
            "http://" + System.getenv("AWS_LAMBDA_RUNTIME_API") + "/2018-06-01/runtime/invocation/";

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private ProbeFunction() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.out.println("function " + System.getenv("QUARKUS_FUNQY_EXPORT") + " " + System.getenv("GREETING"));
        while (true) {
            HttpResponse<String> next = CLIENT.send(
                    HttpRequest.newBuilder(URI.create(API + "next")).build(), HttpResponse.BodyHandlers.ofString());
            String id =
                    next.headers().firstValue("Lambda-Runtime-Aws-Request-Id").orElseThrow();
            handle(id, next.body());
        }
    }

    private static void handle(String id, String event) throws IOException, InterruptedException {
        switch (event) {
            case "\"fail\"" -> post(id + "/error", "{\"errorType\":\"Probe\",\"errorMessage\":\"as asked\"}");
            case "\"exit\"" -> System.exit(3);
            case "\"hang\"" -> new CountDownLatch(1).await();
            default ->
                post(id + "/response", String.valueOf(ProcessHandle.current().pid()));
        }
    }

    private static void post(String path, String body) throws IOException, InterruptedException {
        CLIENT.send(
                HttpRequest.newBuilder(URI.create(API + path))
                        .header("Lambda-Runtime-Function-Error-Type", "Probe")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
    }
}
