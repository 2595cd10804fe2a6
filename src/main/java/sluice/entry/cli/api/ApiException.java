package sluice.entry.cli.api;

import java.util.List;
import sluice.core.contract.Finding;

/** The API refused a call or was not reached; the message says why and what may help. */
public final class ApiException extends Exception {

    private static final long serialVersionUID = 1L;
    private static final int UNREACHED = 0;

    private final int status;
    private final transient List<Finding> findings;

    ApiException(int status, String message, List<Finding> findings) {
        super(message);
        this.status = status;
        this.findings = List.copyOf(findings);
    }

    static ApiException unreached(String message) {
        return new ApiException(UNREACHED, message, List.of());
    }

    /** Returns what is wrong with the document that was sent; empty for other errors. */
    public List<Finding> findings() {
        return findings;
    }

    public boolean isNotFound() {
        return status == 404;
    }

    /** Returns true if the datasource changed in the meantime. */
    public boolean isStale() {
        return status == 412;
    }

    /** Returns true if the API refused the document; another document may be accepted. */
    public boolean isAboutTheDocument() {
        return status == 400 || status == 409 || status == 412 || status == 413 || status == 422;
    }
}
