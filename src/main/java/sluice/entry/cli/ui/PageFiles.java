package sluice.entry.cli.ui;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The files of the page. Every view has an address of its own, and all views are the same document. */
final class PageFiles {

    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final Pattern VIEW = Pattern.compile("/|/list|/(datasources|runs)(/[^/]+){1,3}/?");
    /** Nothing else beside this class is served. */
    private static final Set<String> NAMES = Set.of(
            "api.js",
            "app.js",
            "backfill.js",
            "chunks.js",
            "datasources.js",
            "definition.js",
            "dom.js",
            "grid.js",
            "icon.svg",
            "index.html",
            "run.js",
            "style.css",
            "time.js",
            "why.js",
            "words.js");

    private final Map<String, File> byPath;

    private PageFiles(Map<String, File> byPath) {
        this.byPath = byPath;
    }

    record File(String contentType, byte[] bytes) {}

    static PageFiles read() {
        Map<String, File> files = new TreeMap<>();
        for (String name : NAMES) {
            try (InputStream resource = PageFiles.class.getResourceAsStream(name)) {
                if (resource == null) {
                    throw new IllegalStateException("The page's file " + name + " is missing beside its classes");
                }
                files.put("/assets/" + name, new File(contentType(name), resource.readAllBytes()));
            } catch (IOException unreadable) {
                throw new IllegalStateException("The page's file " + name + " cannot be read", unreadable);
            }
        }
        return new PageFiles(files);
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
            case ".svg" -> "image/svg+xml";
            default -> SCRIPT;
        };
    }
}
