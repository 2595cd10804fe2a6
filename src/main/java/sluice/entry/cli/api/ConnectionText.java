package sluice.entry.cli.api;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;

/** Describes why the API was not reached, and what may help. */
final class ConnectionText {

    private ConnectionText() {}

    static ApiException of(ApiAddress address, IOException unreached) {
        return ApiException.unreached(reason(address, unreached));
    }

    private static String reason(ApiAddress address, IOException unreached) {
        String said = unreached.getMessage() == null ? "" : " (" + unreached.getMessage() + ")";
        if (isUnresolved(unreached)) {
            return address + ": unknown host. Check --url and the network";
        }
        if (unreached instanceof SSLException) {
            return address + ": no trusted connection" + said
                    + ". Behind a proxy with its own certificate authority,"
                    + " pass it to Java: -Djavax.net.ssl.trustStore=...";
        }
        if (unreached instanceof HttpTimeoutException) {
            return address + ": no response in time" + said + ". The request may have succeeded: check with history"
                    + " before you repeat it";
        }
        if (unreached instanceof ConnectException) {
            return address + ": cannot connect" + said
                    + ". Check --url, whether the API is up, and the proxy (-Dhttps.proxyHost=... -Dhttps.proxyPort=...)";
        }
        return address + ": the connection broke (" + unreached.getClass().getSimpleName() + said + ")";
    }

    private static boolean isUnresolved(Throwable failure) {
        return failure instanceof UnresolvedAddressException
                || failure instanceof UnknownHostException
                || failure.getCause() != null && isUnresolved(failure.getCause());
    }
}
