package sluice.core.version;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The address of the documentation of this build. Only releases have one: {@code -Drelease.site=https://...}. */
public final class DocumentationSite {

    /** Maven writes it: {@code src/main/version}. */
    private static final String RESOURCE = "/sluice/site.txt";

    private static final DocumentationSite CURRENT = new DocumentationSite(text());

    private final String address;

    /** @param address with or without a slash at its end; anything but http and https is no address */
    DocumentationSite(String address) {
        this.address = address.matches("https?://\\S+") ? address.replaceAll("/+$", "") : "";
    }

    /** Returns the address of the page that explains a finding's code; null if this build has no site. */
    public static @Nullable String ofFinding(String code) {
        return CURRENT.finding(code);
    }

    @Nullable
    String finding(String code) {
        return address.isEmpty() ? null : address + "/findings/" + code + ".html";
    }

    private static String text() {
        try (InputStream text = DocumentationSite.class.getResourceAsStream(RESOURCE)) {
            return text == null ? "" : new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException broken) {
            throw new UncheckedIOException("The class path has no readable " + RESOURCE, broken);
        }
    }
}
