package sluice.startup;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.lang.annotation.Annotation;
import java.util.Set;

/**
 * Whether an observer is meant by an event. Quarkus reads the members of an observer's qualifiers by reflection before it
 * looks whether the event has qualifiers of these types at all; that of a start has none. The build fails where Quarkus no
 * longer has the methods.
 */
@TargetClass(className = "io.quarkus.arc.impl.Qualifiers", onlyWith = Replacement.class)
final class EventQualifiers {

    @Alias
    native boolean hasQualifier(Iterable<Annotation> qualifiers, Annotation required);

    @Substitute
    boolean isSubset(Set<Annotation> observed, Set<Annotation> ofTheEvent) {
        for (Annotation required : observed) {
            boolean isOfAType = false;
            for (Annotation qualifier : ofTheEvent) {
                isOfAType |= qualifier.annotationType().equals(required.annotationType());
            }
            if (!isOfAType || !hasQualifier(ofTheEvent, required)) {
                return false;
            }
        }
        return true;
    }
}
