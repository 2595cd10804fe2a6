package sluice.platform.druid;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes connections and requests, and never answers. */
final class HungServer {

    private final List<Socket> taken = new CopyOnWriteArrayList<>();
    private final ServerSocket server;

    private HungServer(ServerSocket server) {
        this.server = server;
    }

    static HungServer start() {
        try {
            HungServer hung = new HungServer(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()));
            Thread taking = new Thread(hung::take);
            taking.setDaemon(true);
            taking.start();
            return hung;
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** How many connections it has taken. */
    int connections() {
        return taken.size();
    }

    private void take() {
        try {
            while (true) {
                taken.add(server.accept());
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    void stop() {
        try {
            server.close();
            for (Socket socket : taken) {
                socket.close();
            }
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
