package sluice.startup;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.runtime.ImageMode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.AccessibleObject;
import java.nio.charset.StandardCharsets;

/**
 * What Netty asks the JDK by reflection when a process first needs it. The build fails where Netty or the JDK no longer has
 * these methods.
 */
final class NettyByReflection {

    private static final String PLATFORM = "io.netty.util.internal.PlatformDependent0";
    private static final String IS_UNALIGNED = PLATFORM + "$6";
    private static final String INTERNAL_UNSAFE = PLATFORM + "$7";

    /** Made with the executable: at a start a stack would be walked for it. */
    private static final Throwable REFUSED = new IllegalAccessException("The JDK keeps it to itself");

    static {
        if (ImageMode.current() == ImageMode.NATIVE_BUILD) {
            requireMention(IS_UNALIGNED, "UNALIGNED");
            requireMention(INTERNAL_UNSAFE, "getUnsafe");
        }
    }

    private NettyByReflection() {}

    /** A class without a name has a number, which may be another's in the next version of Netty. */
    private static void requireMention(String className, String text) {
        String file = className.replace('.', '/') + ".class";
        try (InputStream bytes = NettyByReflection.class.getClassLoader().getResourceAsStream(file)) {
            if (bytes == null || !new String(bytes.readAllBytes(), StandardCharsets.ISO_8859_1).contains(text)) {
                throw new IllegalStateException(className + " of Netty is not what asks for " + text);
            }
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    /** Whether memory may be read across the bounds of words: on all processors that executables are built for. */
    @TargetClass(className = IS_UNALIGNED)
    static final class Unaligned {

        @Substitute
        public Object run() {
            return Boolean.TRUE;
        }
    }

    /** The JDK's unsafe memory for itself, which refuses Netty. */
    @TargetClass(className = INTERNAL_UNSAFE)
    static final class Internal {

        /** Why it is not there. */
        @Substitute
        public Object run() {
            return REFUSED;
        }
    }

    /**
     * Members of the JDK that Netty uses. Whoever makes one accessible is looked for on the stack, and asked for its module:
     * an executable has no members but those that it was built to use.
     */
    @TargetClass(className = "io.netty.util.internal.ReflectionUtil")
    static final class Members {

        /** Why the member is not accessible; null where it is. */
        @Substitute
        public static Throwable trySetAccessible(AccessibleObject member, boolean checkAccessible) {
            ((Member) (Object) member).setAccessible0(true);
            return null;
        }
    }

    @TargetClass(AccessibleObject.class)
    static final class Member {

        @Alias
        native boolean setAccessible0(boolean isAccessible);
    }

    /** How much memory Netty may take outside of the heap. */
    @TargetClass(className = "io.netty.util.internal.PlatformDependent")
    static final class Memory {

        /** Bytes: as much as the heap, where nobody sets it, as with the JDK. */
        @Substitute
        public static long estimateMaxDirectMemory() {
            return Runtime.getRuntime().maxMemory();
        }
    }
}
