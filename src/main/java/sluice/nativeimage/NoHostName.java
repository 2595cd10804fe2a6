package sluice.nativeimage;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.smallrye.common.net.HostName;
import java.net.InetAddress;

/**
 * The name of the host, which the first log line asks the resolver for and no line tells: a function has none that says
 * anything. In the executable nobody is asked.
 */
@TargetClass(HostName.class)
final class NoHostName {

    @Substitute
    static InetAddress getLocalHost() {
        return InetAddress.getLoopbackAddress();
    }
}
