package sluice.nativeimage;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.runtime.ImageMode;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import javax.net.ssl.SSLContext;

/**
 * The JDK's TLS looks a handle of one of its own variables up by reflection, when the first client is made. In the
 * executable it is at hand. The build fails where the JDK no longer has the variable or the methods.
 */
final class HandleOfTls {

    private static final String VARIABLE = "defaultContext";
    private static final byte GET_STATIC = MethodHandleInfo.REF_getStatic;
    private static final byte PUT_STATIC = MethodHandleInfo.REF_putStatic;
    private static final VarHandle HANDLE = ImageMode.current() == ImageMode.NATIVE_BUILD ? found() : null;

    private HandleOfTls() {}

    private static VarHandle found() {
        try {
            return MethodHandles.privateLookupIn(SSLContext.class, MethodHandles.lookup())
                    .findStaticVarHandle(SSLContext.class, VARIABLE, SSLContext.class);
        } catch (ReflectiveOperationException exception) {
            throw new IllegalStateException(exception);
        }
    }

    @TargetClass(MethodHandles.Lookup.class)
    static final class Lookup {

        @Alias
        native Member resolveOrFail(byte kind, Class<?> owner, String name, Class<?> type) throws NoSuchFieldException;

        @Alias
        native VarHandle getFieldVarHandle(byte getKind, byte putKind, Class<?> owner, Member get, Member put);

        @Substitute
        public VarHandle findStaticVarHandle(Class<?> owner, String name, Class<?> type) throws NoSuchFieldException {
            if (owner == SSLContext.class && name.equals(VARIABLE)) {
                return HANDLE;
            }
            return getFieldVarHandle(
                    GET_STATIC,
                    PUT_STATIC,
                    owner,
                    resolveOrFail(GET_STATIC, owner, name, type),
                    resolveOrFail(PUT_STATIC, owner, name, type));
        }
    }

    @TargetClass(className = "java.lang.invoke.MemberName")
    static final class Member {}
}
