package sluice.nativeimage;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.bootstrap.runner.Timing;
import java.util.List;

/** That a function has started, Lambda logs too; the first log line of a process is what costs. */
@TargetClass(Timing.class)
final class NoStartedLine {

    @Substitute
    public static void printStartupTime(
            String name,
            String version,
            String quarkusVersion,
            String features,
            List<String> profiles,
            boolean liveCoding,
            boolean anc) {}
}
