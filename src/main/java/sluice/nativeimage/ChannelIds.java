package sluice.nativeimage;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.netty.runtime.MachineIdGenerator;
import java.util.HexFormat;
import java.util.Random;

/** What makes Netty's identities of connections unlike those of other processes. The build fails where it is made elsewhere. */
final class ChannelIds {

    private ChannelIds() {}

    /** 8 bytes by chance, as Quarkus makes them at each start, without the formats of the locale. */
    @TargetClass(MachineIdGenerator.class)
    static final class MachineId {

        @Substitute
        public String get() {
            byte[] id = new byte[Long.BYTES];
            new Random().nextBytes(id);
            return HexFormat.ofDelimiter(":").formatHex(id);
        }
    }

    /** The process's number, which the JDK has to ask the system for. */
    @TargetClass(className = "io.netty.channel.DefaultChannelId")
    static final class ProcessId {

        /** None: identities differ by the chance of the machine's. */
        @Substitute
        static int defaultProcessId() {
            return 0;
        }
    }
}
