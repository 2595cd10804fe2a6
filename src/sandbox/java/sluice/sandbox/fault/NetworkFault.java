package sluice.sandbox.fault;

import java.util.Locale;

/** How a call between two processes can go wrong. */
public enum NetworkFault {
    /** Nobody listens on the port. */
    REFUSED,
    /** The connection is reset before the server has the request. */
    RESET,
    /** The request arrives after three seconds. */
    DELAY,
    /** The connection stays open, and no answer ever comes. The server does not get the request. */
    HANG,
    STATUS_429,
    STATUS_500,
    STATUS_502,
    STATUS_503,
    STATUS_504,
    /** A page of something in between, such as a login, under status 200. */
    HTML_200,
    HTML_500,
    /** The server acts, and the connection ends in the middle of its answer. */
    TRUNCATED,
    /** The server acts, and the connection ends before its answer. */
    LOST_ANSWER,
    /** The caller is sent to the server's own address, as an overlord does that is not the leader. */
    REDIRECT_307;

    /** The status that it answers with, or 200 where the name has none. */
    int status() {
        String digits = name().replaceAll("\\D", "");
        return digits.isEmpty() ? 200 : Integer.parseInt(digits);
    }

    boolean isHtml() {
        return name().startsWith("HTML");
    }

    /** As people write it: {@code lost answer}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace("status_", "").replace('_', ' ');
    }
}
