package sluice.entry.cli;

import java.io.IOException;
import java.net.BindException;
import java.util.concurrent.CountDownLatch;
import sluice.entry.cli.api.ApiException;
import sluice.entry.cli.ui.PageServer;

/** {@code ui}: serves the page on this machine until it is interrupted. */
final class UiCommand {

    /** One that people can bookmark. */
    private static final int PORT = 8473;

    private static final int LARGEST_PORT = 65_535;

    private final Arguments arguments;
    private final Console console;

    UiCommand(Arguments arguments, Console console) {
        this.arguments = arguments;
        this.console = console;
    }

    int run() throws UsageException, ApiException, IOException {
        if (!arguments.operands().isEmpty()) {
            throw new UsageException("ui takes no operands, not " + arguments.operands());
        }
        int port = arguments.number("--port").orElse(PORT);
        if (port > LARGEST_PORT) {
            throw new UsageException("--port cannot be " + port + "; ports end at " + LARGEST_PORT);
        }
        try (PageServer server = PageServer.start(ApiOptions.client(arguments, console), port)) {
            console.out().println("Open " + server.address());
            console.out().println("The page acts as you: do not share the key. Ctrl-C ends it.");
            console.out().flush();
            new CountDownLatch(1).await();
            return Main.GOOD;
        } catch (BindException taken) {
            console.err()
                    .println("Port " + port + " is not free. Is 'sluice ui' running already? Otherwise pass --port.");
            return Main.FAILED;
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return Main.GOOD;
        }
    }
}
