package sluice.startup;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.netty.runtime.MachineIdGenerator;
import java.util.HexFormat;
import java.util.Random;

/** Netty's identity of a machine, 8 bytes by chance, as Quarkus makes it at each start, without the formats of the locale. */
@TargetClass(MachineIdGenerator.class)
final class MachineId {

    @Substitute
    public String get() {
        byte[] id = new byte[Long.BYTES];
        new Random().nextBytes(id);
        return HexFormat.ofDelimiter(":").formatHex(id);
    }
}
