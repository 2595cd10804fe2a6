package sluice.startup;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;

/**
 * State of a request's context. Quarkus sets it by a handle that an executable resolves by reflection at the first use;
 * a lock does the same. The build fails where Quarkus no longer has the method.
 */
@TargetClass(className = "io.quarkus.arc.impl.CurrentManagedContext$CurrentContextState", onlyWith = Replacement.class)
final class ContextState {

    @Alias
    private volatile byte state;

    @Substitute
    private synchronized boolean set(byte bit) {
        boolean isNew = (state & bit) == 0;
        state |= bit;
        return isNew;
    }
}
