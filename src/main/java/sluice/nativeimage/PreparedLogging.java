package sluice.nativeimage;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.quarkus.logging.json.runtime.JsonLogConfig;
import io.quarkus.logging.json.runtime.LoggingJsonRecorder;
import io.quarkus.runtime.ApplicationConfig;
import io.quarkus.runtime.ImageMode;
import io.quarkus.runtime.RuntimeValue;
import io.quarkus.runtime.logging.LogRuntimeConfig;
import java.util.Optional;
import java.util.logging.Formatter;
import org.jboss.logmanager.LogContext;

/**
 * The formatter of log lines and the level of the root logger, made while the executable is built. Otherwise each start
 * makes the formatter and sets the level of some hundred loggers of the libraries. If the environment configures logging,
 * Quarkus does so at the start.
 *
 * <p>Saves 1.1 to 1.6 MB of a function's memory ({@code infra/bench/startup}, 2026-11-27).
 */
final class PreparedLogging {

    private static final JsonLogConfig CONFIG;
    private static final RuntimeValue<Optional<Formatter>> FORMATTER;

    static {
        if (ImageMode.current() == ImageMode.NATIVE_BUILD) {
            CONFIG = PreparedConfig.mapping(JsonLogConfig.class);
            FORMATTER = new LoggingJsonRecorder(
                            new RuntimeValue<>(CONFIG),
                            new RuntimeValue<>(PreparedConfig.mapping(ApplicationConfig.class)))
                    .initializeConsoleJsonLogging();
            LogContext.getLogContext()
                    .getLogger("")
                    .setLevel(PreparedConfig.mapping(LogRuntimeConfig.class).level());
        } else {
            CONFIG = null;
            FORMATTER = null;
        }
    }

    private PreparedLogging() {}

    /** Replaces the method by which Quarkus makes the formatter. */
    @TargetClass(value = LoggingJsonRecorder.class, onlyWith = Replacement.class)
    static final class AtStart {

        @Alias
        private RuntimeValue<JsonLogConfig> runtimeConfig;

        @Substitute
        public RuntimeValue<Optional<Formatter>> initializeConsoleJsonLogging() {
            JsonLogConfig config = runtimeConfig.getValue();
            if (config != CONFIG) {
                return getFormatter(config.consoleJson());
            }
            // Each record has the host's name, which the formatter leaves out. Without this the first one looks it up.
            System.setProperty("jboss.qualified.host.name", "lambda");
            return FORMATTER;
        }

        @Alias
        private native RuntimeValue<Optional<Formatter>> getFormatter(JsonLogConfig.JsonConfig config);
    }
}
