package sluice.sandbox.druid;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicInteger;
import sluice.sandbox.http.Forwarder;

/** Something that goes wrong between a function and Druid, for a number of requests. */
public final class Fault {

    private final String method;
    private final String path;
    private final AtomicInteger remaining;
    private final Effect effect;

    private Fault(String method, String path, int times, Effect effect) {
        this.method = method;
        this.path = path;
        this.remaining = new AtomicInteger(times);
        this.effect = effect;
    }

    /** Druid gets the request and acts on it, but its answer never arrives. */
    public static Fault losingTheAnswer(String method, String path, int times) {
        return new Fault(method, path, times, (exchange, forwarder) -> {
            HttpResponse<InputStream> response = forwarder.send(exchange);
            response.body().readAllBytes();
            throw new IOException("The answer is lost");
        });
    }

    /** Druid never gets the request. */
    public static Fault droppingTheRequest(String method, String path, int times) {
        return new Fault(method, path, times, (exchange, forwarder) -> {
            throw new ConnectException("The request is lost");
        });
    }

    /**
     * Runs something when Druid has answered and before the function gets the answer, such as killing the function
     * between the submission of a task and the writing of its state.
     */
    public static Fault beforeTheAnswer(String method, String path, int times, Runnable action) {
        return new Fault(method, path, times, (exchange, forwarder) -> {
            HttpResponse<InputStream> response = forwarder.send(exchange);
            action.run();
            return response;
        });
    }

    boolean takes(DruidProxy.Request request) {
        return request.method().equals(method)
                && request.path().equals(path)
                && remaining.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
    }

    HttpResponse<InputStream> apply(HttpExchange exchange, Forwarder forwarder) throws IOException {
        return effect.apply(exchange, forwarder);
    }

    private interface Effect {
        HttpResponse<InputStream> apply(HttpExchange exchange, Forwarder forwarder) throws IOException;
    }
}
