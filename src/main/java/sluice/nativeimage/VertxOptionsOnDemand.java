package sluice.nativeimage;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.arc.Arc;
import io.quarkus.vertx.VertxOptionsCustomizer;
import io.vertx.core.VertxOptions;
import java.util.List;
import java.util.function.Consumer;

/**
 * Beans that have a say in Vert.x' options are looked for when it is started; the original looks for them at every start of
 * a function. The build fails where Quarkus no longer has these methods.
 */
@TargetClass(className = "io.quarkus.vertx.core.runtime.VertxCoreRecorder$VertxOptionsCustomizer")
final class VertxOptionsOnDemand {

    @Alias
    private List<Consumer<VertxOptions>> customizers;

    @Substitute
    VertxOptionsOnDemand(List<Consumer<VertxOptions>> customizers) {
        this.customizers = customizers;
    }

    @Substitute
    VertxOptions customize(VertxOptions options) {
        for (Consumer<VertxOptions> customizer : customizers) {
            customizer.accept(options);
        }
        for (Consumer<VertxOptions> bean : Arc.container().select(VertxOptionsCustomizer.class)) {
            bean.accept(options);
        }
        return options;
    }
}
