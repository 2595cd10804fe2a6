package sluice.nativeimage;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.amazon.lambda.runtime.LambdaInputReader;
import io.quarkus.amazon.lambda.runtime.LambdaOutputWriter;
import io.quarkus.funqy.lambda.FunqyLambdaBindingRecorder;
import io.quarkus.funqy.lambda.config.FunqyAmazonBuildTimeConfig;
import io.quarkus.funqy.lambda.config.FunqyAmazonConfig;
import io.quarkus.funqy.lambda.event.EventProcessor;
import io.quarkus.funqy.runtime.FunctionInvoker;
import io.quarkus.funqy.runtime.FunctionRecorder;
import io.quarkus.funqy.runtime.FunqyConfig;
import io.quarkus.runtime.RuntimeValue;
import java.util.List;
import java.util.Optional;

/**
 * Replaces the method by which Quarkus chooses the function of a process. The replacement uses the
 * {@linkplain PreparedJson prepared} readers and writers instead of making them at each start. Its figures are there.
 */
final class PreparedFunctions {

    private PreparedFunctions() {}

    /** @throws IllegalStateException if no function has that name; the message lists the names */
    static FunctionInvoker named(Optional<String> export) {
        String name = export.orElse("");
        FunctionInvoker function = FunctionRecorder.registry.matchInvoker(name);
        if (function == null) {
            List<String> names = FunctionRecorder.registry.invokers().stream()
                    .map(FunctionInvoker::getName)
                    .sorted()
                    .toList();
            throw new IllegalStateException("QUARKUS_FUNQY_EXPORT is '" + name + "', which is none of " + names);
        }
        return function;
    }

    @TargetClass(value = FunqyLambdaBindingRecorder.class, onlyWith = Replacement.class)
    static final class Binding {

        @Alias
        private static FunctionInvoker invoker;

        @Alias
        private static LambdaInputReader<?> reader;

        @Alias
        private static LambdaOutputWriter writer;

        @Alias
        private static EventProcessor eventProcessor;

        @Alias
        private RuntimeValue<FunqyConfig> runtimeConfig;

        @Alias
        private FunqyAmazonBuildTimeConfig amazonBuildTimeConfig;

        @Alias
        private RuntimeValue<FunqyAmazonConfig> amazonRuntimeConfig;

        @Substitute
        public void chooseInvoker() {
            invoker = named(runtimeConfig.getValue().export());
            reader = PreparedJson.reader(invoker);
            writer = PreparedJson.writer();
            eventProcessor = new EventProcessor(
                    PreparedJson.input(invoker), amazonBuildTimeConfig, amazonRuntimeConfig.getValue());
        }
    }
}
