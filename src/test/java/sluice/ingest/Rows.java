package sluice.ingest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/** Files of invented edits. */
public final class Rows {

    private Rows() {}

    /** Rows of one day, spread over its seconds. */
    public static byte[] json(String day, int count) {
        return json(day, 0, count);
    }

    /** Rows of one hour. */
    public static byte[] json(String day, int hour, int count) {
        return IntStream.range(0, count)
                .mapToObj(row -> "{\"time\":\"%sT%02d:%02d:%02dZ\",\"channel\":\"#en\",\"page\":\"p%d\",\"added\":%d}"
                        .formatted(day, hour, row / 60 % 60, row % 60, row % 7, row))
                .collect(Collectors.joining("\n", "", "\n"))
                .getBytes(StandardCharsets.UTF_8);
    }

    public static byte[] csv(String day, int count) {
        return IntStream.range(0, count)
                .mapToObj(row -> "%sT01:%02d:%02dZ,#de,p%d,%d".formatted(day, row / 60 % 60, row % 60, row % 7, row))
                .collect(Collectors.joining("\n", "time,channel,page,added\n", "\n"))
                .getBytes(StandardCharsets.UTF_8);
    }

    public static byte[] gzip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
        return bytes.toByteArray();
    }
}
