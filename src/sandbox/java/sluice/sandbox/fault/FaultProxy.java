package sluice.sandbox.fault;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A port that leads to a server. It speaks HTTP/1.1 over plain sockets, because a server library has no way to reset a
 * connection or to end it within an answer. Each connection of a caller has one to the server, so either side sees what the
 * other does.
 */
final class FaultProxy implements AutoCloseable {

    private static final int BACKLOG = 200;
    private static final long DELAY_MILLIS = 3_000;
    private static final double SHARE = 0.5;

    private final int port;
    private final URI target;
    private final Executor threads;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger hits = new AtomicInteger();
    private final AtomicLong requests = new AtomicLong();
    private volatile Optional<Injection> injection = Optional.empty();
    private volatile ServerSocket listener;
    private volatile CompletableFuture<Void> accepting;

    FaultProxy(int port, URI target, Executor threads) {
        this.port = port;
        this.target = target;
        this.threads = threads;
        this.listener = listen();
    }

    private record Injection(NetworkFault fault, Pair pair, Random random) {

        boolean takes(HttpMessage request) {
            return pair.concerns(request) && (fault == NetworkFault.REFUSED || random.nextDouble() < SHARE);
        }
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** From now on every second request of this pair, taken at random, meets the fault; a refusal meets all. */
    void inject(Pair pair, NetworkFault fault, long seed) {
        hits.set(0);
        injection = Optional.of(new Injection(fault, pair, new Random(seed)));
        if (fault == NetworkFault.REFUSED) {
            // Nobody can count who knocks on a closed port.
            hits.incrementAndGet();
            close();
            // The kernel listens until nobody accepts any more.
            accepting.join();
        }
    }

    /** Ends the fault. Connections that hang keep hanging until their callers give up. */
    void heal() {
        injection = Optional.empty();
        if (listener.isClosed()) {
            listener = listen();
        }
    }

    /** How many requests have come, those that met a fault included. */
    long requests() {
        return requests.get();
    }

    /** How many requests have met the last fault. */
    int hits() {
        return hits.get();
    }

    @Override
    public void close() {
        closeQuietly(listener);
        open.forEach(FaultProxy::closeQuietly);
    }

    private ServerSocket listen() {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), BACKLOG);
            accepting = CompletableFuture.runAsync(() -> accept(socket), threads);
            return socket;
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot listen on 127.0.0.1:" + port, failure);
        }
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                Socket caller = socket.accept();
                threads.execute(() -> serve(caller));
            } catch (IOException closed) {
                // By close(), or by a caller that has gone already.
            }
        }
    }

    private void serve(Socket caller) {
        open.add(caller);
        try (caller;
                Socket server = new Socket()) {
            caller.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            InputStream fromCaller = new BufferedInputStream(caller.getInputStream());
            boolean goesOn = true;
            while (goesOn) {
                Optional<HttpMessage> head = HttpMessage.readHead(fromCaller);
                goesOn = head.isPresent() && exchange(body(head.get(), fromCaller, caller), caller, server);
            }
        } catch (IOException gone) {
            // Either side has closed its connection; the other learns it by the end of this one.
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(caller);
        }
    }

    private static HttpMessage body(HttpMessage head, InputStream in, Socket caller) throws IOException {
        if (head.header("Expect").isPresent()) {
            caller.getOutputStream().write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        return head.withRequestBody(in);
    }

    /** Returns true if the connection can take another request. */
    private boolean exchange(HttpMessage request, Socket caller, Socket server)
            throws IOException, InterruptedException {
        requests.incrementAndGet();
        Optional<NetworkFault> fault =
                injection.filter(active -> active.takes(request)).map(Injection::fault);
        if (fault.isEmpty()) {
            return relay(request, caller, server);
        }
        hits.incrementAndGet();
        return switch (fault.get()) {
            case REFUSED -> false;
            case RESET -> {
                caller.setSoLinger(true, 0);
                yield false;
            }
            case DELAY -> {
                Thread.sleep(DELAY_MILLIS);
                yield relay(request, caller, server);
            }
            case HANG -> {
                caller.getInputStream().transferTo(OutputStream.nullOutputStream());
                yield false;
            }
            case STATUS_429, STATUS_500, STATUS_502, STATUS_503, STATUS_504, HTML_200, HTML_500, REDIRECT_307 ->
                answer(fault.get(), request, caller);
            case TRUNCATED -> {
                HttpMessage answer = ask(request, server);
                caller.getOutputStream().write(answer.head());
                caller.getOutputStream().write(answer.body(), 0, answer.body().length / 2);
                yield false;
            }
            case LOST_ANSWER -> {
                ask(request, server);
                yield false;
            }
        };
    }

    private boolean relay(HttpMessage request, Socket caller, Socket server) throws IOException {
        HttpMessage answer = ask(request, server);
        caller.getOutputStream().write(answer.head());
        caller.getOutputStream().write(answer.body());
        return !answer.isLast();
    }

    private HttpMessage ask(HttpMessage request, Socket server) throws IOException {
        if (!server.isConnected()) {
            server.connect(new InetSocketAddress(target.getHost(), target.getPort()));
        }
        server.getOutputStream().write(request.head());
        server.getOutputStream().write(request.body());
        // One answer is read at a time and to its end, so nothing stays behind in the buffer.
        InputStream in = new BufferedInputStream(server.getInputStream());
        HttpMessage head = HttpMessage.readHead(in).orElseThrow(() -> new IOException("The server has gone"));
        while (head.status() < 200) {
            head = HttpMessage.readHead(in).orElseThrow(() -> new IOException("The server has gone"));
        }
        return head.withResponseBody(request, in);
    }

    private boolean answer(NetworkFault fault, HttpMessage request, Socket caller) throws IOException {
        String body = fault.isHtml()
                ? "<html><head><title>Sign in</title></head><body><p>Please sign in.</p></body></html>"
                : "The proxy says " + fault.status();
        StringBuilder head = new StringBuilder("HTTP/1.1 " + fault.status() + " Fault\r\n");
        head.append("Content-Type: ").append(fault.isHtml() ? "text/html" : "text/plain");
        head.append("\r\nContent-Length: ").append(body.length());
        if (fault == NetworkFault.REDIRECT_307) {
            head.append("\r\nLocation: ").append(target).append(request.path());
        }
        head.append("\r\n\r\n");
        if (!request.method().equals("HEAD")) {
            head.append(body);
        }
        caller.getOutputStream().write(head.toString().getBytes(StandardCharsets.US_ASCII));
        return true;
    }

    private static void closeQuietly(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception alreadyClosed) {
            // There is nothing left to close.
        }
    }
}
