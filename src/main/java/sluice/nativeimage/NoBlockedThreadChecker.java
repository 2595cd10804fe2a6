package sluice.nativeimage;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.vertx.core.Handler;
import io.vertx.core.impl.btc.BlockedThreadChecker;
import io.vertx.core.impl.btc.BlockedThreadEvent;
import io.vertx.core.impl.btc.ThreadInfo;
import java.util.concurrent.TimeUnit;

/**
 * Vert.x has a thread that looks every second whether code of the application holds up one of its own. Here they run none:
 * they carry bytes to and from Druid. The build fails where Vert.x no longer has these methods.
 */
@TargetClass(BlockedThreadChecker.class)
final class NoBlockedThreadChecker {

    @Substitute
    NoBlockedThreadChecker(
            long interval, TimeUnit intervalUnit, long warningExceptionTime, TimeUnit warningExceptionTimeUnit) {}

    @Substitute
    public void setThreadBlockedHandler(Handler<BlockedThreadEvent> handler) {}

    @Substitute
    public void registerThread(Thread thread, ThreadInfo checked) {}

    @Substitute
    public void close() {}
}
