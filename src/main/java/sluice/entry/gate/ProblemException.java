package sluice.entry.gate;

import java.util.List;
import org.jspecify.annotations.Nullable;
import sluice.core.contract.Finding;

/**
 * Why a call is refused, in the terms of RFC 9457.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>
 */
class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String title;
    private final transient List<Finding> findings;

    ProblemException(int status, String title, @Nullable String detail, List<Finding> findings) {
        super(detail);
        this.status = status;
        this.title = title;
        this.findings = List.copyOf(findings);
    }

    ProblemException(int status, String title, @Nullable String detail) {
        this(status, title, detail, List.of());
    }

    static ProblemException badRequest(@Nullable String detail) {
        return new ProblemException(400, "Bad request", detail);
    }

    /** @param needed what the caller lacks, such as {@code the role 'apply'} */
    static ProblemException forbidden(String needed) {
        return new ProblemException(403, "Forbidden", "This call needs " + needed);
    }

    static ProblemException notFound(@Nullable String detail) {
        return new ProblemException(404, "Not found", detail);
    }

    static ProblemException conflict(@Nullable String detail) {
        return new ProblemException(409, "Conflict", detail);
    }

    static ProblemException preconditionFailed(@Nullable String detail) {
        return new ProblemException(412, "Precondition failed", detail);
    }

    static ProblemException unprocessable(@Nullable String detail, List<Finding> findings) {
        return new ProblemException(422, "Unprocessable content", detail, findings);
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }

    List<Finding> findings() {
        return findings;
    }
}
