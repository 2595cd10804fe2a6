package sluice.infra.dynamodb;

import com.amazonaws.services.dynamodbv2.local.server.DynamoDBProxyServer;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBServerHandler;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.ServerConnector;

/**
 * DynamoDB Local on 127.0.0.1, in memory, one database for all credentials and regions.
 *
 * <p>Usage: {@code LoopbackDynamoDb <folder> <port>}; the folder is not used. Prints {@code UP} once it listens.
 */
public final class LoopbackDynamoDb {

    private static final int DEFAULT_WORKER_THREADS = 0;

    private LoopbackDynamoDb() {}

    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(arguments[1]);
        boolean inMemory = true;
        boolean sharedDatabase = true;
        boolean delayTransientStatuses = false;
        LocalDynamoDBServerHandler handler = new LocalDynamoDBServerHandler(
                new LocalDynamoDBRequestHandler(
                        DEFAULT_WORKER_THREADS, inMemory, null, sharedDatabase, delayTransientStatuses),
                null);
        DynamoDBProxyServer server = new DynamoDBProxyServer(port, handler);
        for (Connector connector : handler.getServer().getConnectors()) {
            ((ServerConnector) connector).setHost("127.0.0.1");
        }
        // start() would send telemetry; safeStart() only starts.
        server.safeStart();
        System.out.println("UP");
        server.join();
    }
}
