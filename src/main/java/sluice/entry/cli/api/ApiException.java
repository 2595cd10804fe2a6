package sluice.entry.cli.api;

import java.util.List;
import sluice.core.contract.Finding;

/** The API did not do what it was asked, or was not reached; the message says why and what may help. */
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

    /** What is wrong with the document that was sent; empty where something else is. */
    public List<Finding> findings() {
        return findings;
    }

    public boolean isNotFound() {
        return status == 404;
    }

    /** Whether somebody else was faster: the datasource is not as it was when it was looked at. */
    public boolean isStale() {
        return status == 412;
    }

    /** Whether the document was refused, and another may be taken. */
    public boolean isAboutTheDocument() {
        return status == 400 || status == 409 || status == 412 || status == 413 || status == 422;
    }
}
