package sluice.entry.cli.ui;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which requests the page's server answers. Whoever reaches it acts with the caller's credentials, so it trusts
 * neither other sites in the same browser nor other people on the same machine:
 *
 * <ul>
 *   <li>The Host header must name this server. A name that somebody points at 127.0.0.1 (DNS rebinding) does not.
 *   <li>Every request needs the key of this process, as a cookie. Only the address that the command prints has it.
 *   <li>Other sites may link to a view, but not fetch anything (Fetch Metadata).
 *   <li>A call that may change something must come from the page itself: Origin, or else Sec-Fetch-Site, says so.
 * </ul>
 */
final class PageGuard {

    private static final Set<String> READING = Set.of("GET", "HEAD");

    private final Set<String> hosts;
    private final Set<String> origins;
    private final String cookie;
    private final String key;

    PageGuard(int port, String key) {
        this.hosts = Set.of("127.0.0.1:" + port, "localhost:" + port);
        this.origins = Set.of("http://127.0.0.1:" + port, "http://localhost:" + port);
        // Cookies do not know ports: another page on this machine must not replace this one's.
        this.cookie = "sluice-" + port;
        this.key = key;
    }

    /**
     * What the guard looks at.
     *
     * @param site the Sec-Fetch-Site header, which all current browsers send; null without one
     */
    record Asked(
            String method,
            String path,
            @Nullable String host,
            @Nullable String origin,
            @Nullable String site,
            @Nullable String cookies) {}

    /** Why a request is not answered. */
    enum Refusal {
        FOREIGN_HOST("This is not the address of the page. Open the one that 'sluice ui' has printed."),
        FOREIGN_SITE("Another site has sent this request. The page answers only itself."),
        NO_KEY("Open the address that 'sluice ui' has printed: it has the key of this page.");

        private final String text;

        Refusal(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    /** Returns why the request is not answered; empty if it is. */
    Optional<Refusal> refusal(Asked asked) {
        if (asked.host() == null || !hosts.contains(asked.host().toLowerCase(Locale.ROOT))) {
            return Optional.of(Refusal.FOREIGN_HOST);
        }
        if (!isOfThePage(asked)) {
            return Optional.of(Refusal.FOREIGN_SITE);
        }
        return hasKey(asked.cookies()) ? Optional.empty() : Optional.of(Refusal.NO_KEY);
    }

    private boolean isOfThePage(Asked asked) {
        boolean isWriting = !READING.contains(asked.method());
        if (asked.origin() != null && !origins.contains(asked.origin())) {
            return false;
        }
        if (asked.site() == null) {
            return !isWriting || asked.origin() != null;
        }
        // A link from a chat leads to a view; nothing else is for other sites.
        boolean isView = !isWriting && PageFiles.isView(asked.path());
        return asked.site().equals("same-origin") || (!isWriting && asked.site().equals("none")) || isView;
    }

    private boolean hasKey(@Nullable String cookies) {
        if (cookies == null) {
            return false;
        }
        for (String each : cookies.split(";")) {
            String[] pair = each.strip().split("=", 2);
            if (pair.length == 2 && pair[0].equals(cookie) && isKey(pair[1])) {
                return true;
            }
        }
        return false;
    }

    /** Returns true if the text is the key; takes the same time for every wrong one. */
    boolean isKey(String text) {
        return MessageDigest.isEqual(text.getBytes(StandardCharsets.UTF_8), key.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the header that makes the browser send the key from now on. Scripts cannot read it. */
    String cookie() {
        return cookie + "=" + key + "; Path=/; HttpOnly; SameSite=Lax";
    }
}
