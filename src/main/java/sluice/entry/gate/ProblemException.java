package sluice.entry.gate;

import java.util.List;
import sluice.core.contract.Finding;

/**
 * Why a call is refused, as RFC 9457 wants it told.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>
 */
class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String title;
    private final transient List<Finding> findings;

    ProblemException(int status, String title, String detail, List<Finding> findings) {
        super(detail);
        this.status = status;
        this.title = title;
        this.findings = List.copyOf(findings);
    }

    ProblemException(int status, String title, String detail) {
        this(status, title, detail, List.of());
    }

    static ProblemException badRequest(String detail) {
        return new ProblemException(400, "Bad request", detail);
    }

    static ProblemException notFound(String detail) {
        return new ProblemException(404, "Not found", detail);
    }

    static ProblemException conflict(String detail) {
        return new ProblemException(409, "Conflict", detail);
    }

    static ProblemException preconditionFailed(String detail) {
        return new ProblemException(412, "Precondition failed", detail);
    }

    static ProblemException unprocessable(String detail, List<Finding> findings) {
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
