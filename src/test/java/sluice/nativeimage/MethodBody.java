package sluice.nativeimage;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.util.Textifier;
import org.objectweb.asm.util.TraceMethodVisitor;

/** What a method does, in so few characters that a change shows: its instructions and those of its lambdas. */
record MethodBody(Executable method) {

    private static final int LENGTH = 16;

    /** Class, name and descriptor. */
    String name() {
        return method.getDeclaringClass().getName() + "." + simpleName() + descriptor();
    }

    /** Sixteen hexadecimal digits, which do not depend on line numbers. */
    String digest() {
        StringWriter text = new StringWriter();
        String resource = method.getDeclaringClass().getName().replace('.', '/') + ".class";
        try (InputStream bytes = method.getDeclaringClass().getClassLoader().getResourceAsStream(resource)) {
            new ClassReader(bytes).accept(printer(new PrintWriter(text)), ClassReader.SKIP_DEBUG);
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, LENGTH);
        } catch (IOException failure) {
            throw new UncheckedIOException(resource, failure);
        } catch (NoSuchAlgorithmException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private ClassVisitor printer(PrintWriter printed) {
        return new ClassVisitor(Opcodes.ASM9) {
            @Override
            public MethodVisitor visitMethod(
                    int access, String name, String descriptor, String signature, String[] exceptions) {
                boolean isMethod = name.equals(simpleName()) && descriptor.equals(descriptor());
                if (!isMethod && !name.startsWith("lambda$" + simpleName() + "$")) {
                    return null;
                }
                Textifier instructions = new Textifier(Opcodes.ASM9) {
                    @Override
                    public void visitMethodEnd() {
                        print(printed);
                    }
                };
                return new TraceMethodVisitor(instructions);
            }
        };
    }

    private String simpleName() {
        return method instanceof Method ? method.getName() : "<init>";
    }

    private String descriptor() {
        return method instanceof Method ofClass
                ? Type.getMethodDescriptor(ofClass)
                : Type.getConstructorDescriptor((Constructor<?>) method);
    }
}
