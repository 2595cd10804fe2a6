package sluice.nativeimage;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.runtime.ImageMode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What Netty asks the JDK by reflection when a process first needs it. The build fails where Netty or the JDK no longer has
 * these methods.
 */
final class NettyByReflection {

    private static final String PLATFORM = "io.netty.util.internal.PlatformDependent0";
    private static final String METHODS_OF_UNSAFE = PLATFORM + "$2";
    private static final String FENCE_OF_UNSAFE = PLATFORM + "$3";
    private static final String BUFFER_AT_ADDRESS = PLATFORM + "$5";
    private static final String IS_UNALIGNED = PLATFORM + "$6";
    private static final String INTERNAL_UNSAFE = PLATFORM + "$7";

    /** Made with the executable: at a start a stack would be walked for it. */
    private static final Throwable REFUSED = new IllegalAccessException("The JDK keeps it to itself");

    /** In an executable it is never null. */
    private static final Constructor<?> OF_BUFFER_AT_ADDRESS;

    static {
        Constructor<?> ofBufferAtAddress = null;
        if (ImageMode.current() == ImageMode.NATIVE_BUILD) {
            requireMention(METHODS_OF_UNSAFE, "copyMemory");
            requireMention(FENCE_OF_UNSAFE, "storeFence");
            requireMention(BUFFER_AT_ADDRESS, "getDeclaredConstructor");
            requireMention(IS_UNALIGNED, "UNALIGNED");
            requireMention(INTERNAL_UNSAFE, "getUnsafe");
            ofBufferAtAddress = constructorOfBufferAtAddress();
        }
        OF_BUFFER_AT_ADDRESS = ofBufferAtAddress;
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

    private static Constructor<?> constructorOfBufferAtAddress() {
        try {
            return ByteBuffer.allocateDirect(1).getClass().getDeclaredConstructor(long.class, long.class);
        } catch (NoSuchMethodException exception) {
            throw new IllegalStateException(exception);
        }
    }

    /** Whether all methods of unsafe memory are there that Netty uses: they are, or it could not be in the executable. */
    @TargetClass(className = METHODS_OF_UNSAFE)
    static final class Methods {

        /** Why they are not there; null where they are. */
        @Substitute
        public Object run() {
            return null;
        }
    }

    @TargetClass(className = FENCE_OF_UNSAFE)
    static final class Fence {

        /** Why it is not there; null where it is. */
        @Substitute
        public Object run() {
            return null;
        }
    }

    /** How a buffer is made of memory that Netty has taken itself. */
    @TargetClass(className = BUFFER_AT_ADDRESS)
    static final class BufferAtAddress {

        @Substitute
        public Object run() {
            ((Member) (Object) OF_BUFFER_AT_ADDRESS).setAccessible0(true);
            return OF_BUFFER_AT_ADDRESS;
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
