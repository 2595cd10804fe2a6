package sluice.entry.cli.ui;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The files of the page. Every view has an address of its own, and all views are the same document. */
final class PageFiles {

    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final Pattern VIEW = Pattern.compile("/|/list|/(datasources|runs)(/[^/]+){1,3}/?");
    private static final String MAIN = "app";
    /** Nothing else beside this class is served. */
    private static final Set<String> NAMES = Set.of("icon.svg", "index.html", "style.css");

    private final Map<String, File> byPath;

    private PageFiles(Map<String, File> byPath) {
        this.byPath = byPath;
    }

    record File(String contentType, byte[] bytes) {}

    static PageFiles read() {
        Map<String, File> files = new TreeMap<>();
        for (String name : NAMES) {
            files.put("/assets/" + name, new File(contentType(name), bytes(name)));
        }
        String script = PageBundle.of(MAIN, name -> new String(bytes(name + ".js"), StandardCharsets.UTF_8));
        files.put("/assets/" + MAIN + ".js", new File(SCRIPT, script.getBytes(StandardCharsets.UTF_8)));
        return new PageFiles(files);
    }

    private static byte[] bytes(String name) {
        try (InputStream resource = PageFiles.class.getResourceAsStream(name)) {
            if (resource == null) {
                throw new IllegalStateException("The page's file " + name + " is missing beside its classes");
            }
            return resource.readAllBytes();
        } catch (IOException unreadable) {
            throw new IllegalStateException("The page's file " + name + " cannot be read", unreadable);
        }
    }

    /** Returns true if a person may open or share the path, rather than the page fetch it. */
    static boolean isView(String path) {
        return VIEW.matcher(path).matches();
    }

    Optional<File> find(String path) {
        return Optional.ofNullable(byPath.get(isView(path) ? "/assets/index.html" : path));
    }

    /** Returns the size of all files in bytes. */
    long size() {
        return byPath.values().stream().mapToLong(file -> file.bytes().length).sum();
    }

    private static String contentType(String name) {
        return switch (name.substring(name.lastIndexOf('.'))) {
            case ".html" -> "text/html; charset=utf-8";
            case ".css" -> "text/css; charset=utf-8";
            default -> "image/svg+xml";
        };
    }
}
