package sluice.sandbox.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Twenty neighbouring ports that belong to one sandbox.
 *
 * <p>The last of them is a claim: it is listened on as long as the block is held, so that two sandboxes which start at
 * the same moment never get the same block. The ports lie below the range from which systems take the ports of outgoing
 * connections: a server that was killed finds its port free again, and a client that tries to reach it meanwhile cannot
 * meet itself there.
 */
public final class PortBlock implements AutoCloseable {

    private static final int SIZE = 20;
    private static final int LOWEST = 12_000;
    private static final int BLOCKS = 1_000;
    private static final int ATTEMPTS = 200;

    private final int first;
    private final ServerSocket claim;

    private PortBlock(int first, ServerSocket claim) {
        this.first = first;
        this.claim = claim;
    }

    /** The block that begins with this port; the process that claimed it still holds it. */
    public static PortBlock borrowed(int first) {
        return new PortBlock(first, null);
    }

    /** @throws IllegalStateException if no free block was found */
    public static PortBlock claim() {
        Random random = new Random();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int first = LOWEST + random.nextInt(BLOCKS) * SIZE;
            ServerSocket claim = listen(first + SIZE - 1);
            if (claim == null) {
                continue;
            }
            if (IntStream.range(first, first + SIZE - 1).allMatch(PortBlock::isFree)) {
                return new PortBlock(first, claim);
            }
            close(claim);
        }
        throw new IllegalStateException(
                "No " + SIZE + " neighbouring ports are free between " + LOWEST + " and " + (LOWEST + BLOCKS * SIZE));
    }

    /** @param index 0 to 14 */
    public int port(int index) {
        if (index < 0 || index >= SIZE - 1) {
            throw new IllegalArgumentException("index must be from 0 to " + (SIZE - 2) + ", but was " + index);
        }
        return first + index;
    }

    @Override
    public void close() {
        if (claim != null) {
            close(claim);
        }
    }

    private static boolean isFree(int port) {
        ServerSocket socket = listen(port);
        if (socket == null) {
            return false;
        }
        close(socket);
        return true;
    }

    private static ServerSocket listen(int port) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket;
        } catch (IOException taken) {
            return null;
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
