package sluice.entry.cli.ui;

import java.util.Map;

/** Headers of every response. */
final class PageHeaders {

    /**
     * Scripts and styles come from this server only, and nothing that the API answers can become markup: with Trusted Types
     * even a mistake in the page's own code cannot make it so.
     */
    static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
                    + " require-trusted-types-for 'script'; trusted-types 'none'";

    static final Map<String, String> ALL = Map.of(
            "content-security-policy", CONTENT_SECURITY_POLICY,
            "x-content-type-options", "nosniff",
            "x-frame-options", "DENY",
            "referrer-policy", "no-referrer",
            "cross-origin-opener-policy", "same-origin",
            "cross-origin-resource-policy", "same-origin",
            "permissions-policy", "camera=(), geolocation=(), microphone=()",
            "cache-control", "no-store");

    private PageHeaders() {}
}
