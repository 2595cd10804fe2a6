package sluice.nativeimage;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/**
 * Options of sockets that only some systems have: quick acknowledgements, intervals of keep-alive. The first socket of a
 * process loads a library of the JDK for them, and a stack is walked for whoever loads one. Nobody here sets such an option;
 * in the executable no socket has any. The build fails where the JDK no longer has the method.
 */
@TargetClass(className = "jdk.net.ExtendedSocketOptions$PlatformSocketOptions")
final class NoSocketExtensions {

    @Alias
    NoSocketExtensions() {}

    @Substitute
    private static NoSocketExtensions create() {
        return new NoSocketExtensions();
    }
}
