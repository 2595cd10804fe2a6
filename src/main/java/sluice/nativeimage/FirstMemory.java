package sluice.nativeimage;

import org.graalvm.nativeimage.PinnedObject;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.c.function.CFunction;
import org.graalvm.word.Pointer;
import org.graalvm.word.UnsignedWord;
import org.graalvm.word.WordFactory;

/**
 * Memory that each start takes, asked of the system in few steps. A page of the heap would be given as it is first written
 * to, and each time the processor goes through the kernel: three to four times the cost of a page that is given with many
 * others. And the C library would make a heap of its own for each thread.
 */
final class FirstMemory {

    /** Bytes of the heap. A function that asks anybody anything writes to more before its first answer. */
    private static final int LENGTH = 640 * 1024;

    private static final int PAGE = 4096;

    /** {@code MADV_POPULATE_WRITE} of Linux 5.14. An older kernel refuses it, and pages are given one by one. */
    private static final int POPULATE_WRITE = 23;

    /** {@code M_ARENA_MAX} of the GNU C library. */
    private static final int ARENA_MAX = -8;

    private FirstMemory() {}

    /** For executables on Linux; with no effect elsewhere. */
    static void take() {
        if (Platform.includedIn(Platform.LINUX.class)) {
            limitAllocator(ARENA_MAX, 1);
            try (PinnedObject next = PinnedObject.create(new byte[1])) {
                Pointer behind =
                        next.<Pointer>addressOfArrayElement(0).add(PAGE - 1).and(WordFactory.unsigned(-(long) PAGE));
                // What it answers makes no difference: where the heap ends sooner, it is as if nobody had asked.
                advise(behind, WordFactory.unsigned(LENGTH), POPULATE_WRITE);
            }
        }
    }

    @CFunction(value = "madvise", transition = CFunction.Transition.NO_TRANSITION)
    private static native int advise(Pointer start, UnsignedWord length, int advice);

    @CFunction(value = "mallopt", transition = CFunction.Transition.NO_TRANSITION)
    private static native int limitAllocator(int parameter, int value);
}
