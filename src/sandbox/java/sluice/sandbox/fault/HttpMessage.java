package sluice.sandbox.fault;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One message of HTTP/1.1 (RFC 9112), byte by byte.
 *
 * @param head start line and header fields, with the empty line behind them
 * @param body the body as it was on the wire, so also the marks of a chunked one
 */
record HttpMessage(byte[] head, byte[] body) {

    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int LARGEST_HEAD = 256 * 1024;

    /** Reads a head with an empty body; empty if the other side has closed the connection. */
    static Optional<HttpMessage> readHead(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int matched = 0;
        while (matched < END_OF_HEAD.length) {
            int next = in.read();
            if (next < 0) {
                if (head.size() == 0) {
                    return Optional.empty();
                }
                throw new EOFException("The connection ended within a head");
            }
            head.write(next);
            matched = next == END_OF_HEAD[matched] ? matched + 1 : next == '\r' ? 1 : 0;
            if (head.size() > LARGEST_HEAD) {
                throw new IOException("The head is larger than " + LARGEST_HEAD + " bytes");
            }
        }
        return Optional.of(new HttpMessage(head.toByteArray(), new byte[0]));
    }

    /** The request with its body. */
    HttpMessage withRequestBody(InputStream in) throws IOException {
        return isChunked() ? new HttpMessage(head, chunks(in)) : new HttpMessage(head, exactly(in, length().orElse(0)));
    }

    /** The answer to such a request with its body. Without a length it lasts until the server closes the connection. */
    HttpMessage withResponseBody(HttpMessage request, InputStream in) throws IOException {
        int status = status();
        if (request.method().equals("HEAD") || status < 200 || status == 204 || status == 304) {
            return this;
        }
        if (isChunked()) {
            return new HttpMessage(head, chunks(in));
        }
        Optional<Integer> length = length();
        return new HttpMessage(head, length.isPresent() ? exactly(in, length.get()) : in.readAllBytes());
    }

    String method() {
        return startLine()[0];
    }

    /** Path and query of a request. */
    String path() {
        return startLine()[1];
    }

    int status() {
        return Integer.parseInt(startLine()[1]);
    }

    Optional<String> header(String name) {
        String prefix = name.toLowerCase(Locale.ROOT) + ":";
        return lines().stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                .map(line -> line.substring(prefix.length()).strip())
                .findFirst();
    }

    /** Whether the connection ends with this message. */
    boolean isLast() {
        boolean hasEnd = isChunked() || length().isPresent() || status() == 204 || status() == 304;
        return !hasEnd || header("Connection").filter("close"::equalsIgnoreCase).isPresent();
    }

    private String[] startLine() {
        return lines().get(0).split(" ", 3);
    }

    private List<String> lines() {
        return Arrays.asList(new String(head, StandardCharsets.ISO_8859_1).split("\r\n"));
    }

    private Optional<Integer> length() {
        return header("Content-Length").map(Integer::valueOf);
    }

    private boolean isChunked() {
        return header("Transfer-Encoding").filter("chunked"::equalsIgnoreCase).isPresent();
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (true) {
            byte[] line = line(in);
            all.writeBytes(line);
            String size = new String(line, StandardCharsets.US_ASCII).split(";")[0].strip();
            int length = Integer.parseInt(size, 16);
            if (length == 0) {
                all.writeBytes(trailers(in));
                return all.toByteArray();
            }
            all.writeBytes(exactly(in, length + 2));
        }
    }

    private static byte[] trailers(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] line;
        do {
            line = line(in);
            all.writeBytes(line);
        } while (line.length > 2);
        return all.toByteArray();
    }

    private static byte[] line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next;
        do {
            next = in.read();
            if (next < 0) {
                throw new EOFException("The connection ended within a body");
            }
            line.write(next);
        } while (next != '\n');
        return line.toByteArray();
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("The connection ended within a body");
        }
        return bytes;
    }
}
