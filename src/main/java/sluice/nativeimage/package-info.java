/**
 * Methods of libraries that the native executable replaces, because a function starts sooner or needs less memory without
 * the originals. {@code Prepared*} classes move work from the start to the build. Each replacement saves at least 1.5 ms or
 * 1 MB, and {@link Replacement} decides whether the executable has it. On the JVM nothing is replaced.
 * Decision 0017 says why there are so few.
 */
package sluice.nativeimage;
