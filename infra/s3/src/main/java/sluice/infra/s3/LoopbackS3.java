package sluice.infra.s3;

import com.adobe.testing.s3mock.S3MockApplication;
import com.adobe.testing.s3mock.service.BucketService;
import com.adobe.testing.s3mock.store.BucketStore;
import com.adobe.testing.s3mock.store.ObjectStore;
import com.adobe.testing.s3mock.store.StoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.eclipse.jetty.server.Connector;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.embedded.jetty.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;

/**
 * S3Mock on 127.0.0.1, plain HTTP, with the keys of its buckets in memory: it starts empty, and an object of a full bucket
 * takes as long as the first.
 *
 * <p>Usage: {@code LoopbackS3 <folder> <port> <bucket,bucket...>}. Prints {@code UP} once it listens and the buckets
 * exist.
 */
@Configuration(proxyBeanMethods = false)
public class LoopbackS3 {

    private static final DateTimeFormatter DATES =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    public static void main(String[] arguments) {
        Map<String, Object> properties = Map.of(
                "server.address", "127.0.0.1",
                "server.port", arguments[1],
                "server.ssl.enabled", "false",
                "http.port", "0",
                "com.adobe.testing.s3mock.domain.root", arguments[0],
                "com.adobe.testing.s3mock.domain.initialBuckets", arguments[2],
                // Else it remembers every file, to delete it at the end: the folder's owner does.
                "com.adobe.testing.s3mock.domain.retainFilesOnExit", "true",
                "spring.main.lazy-initialization", "false",
                "spring.main.allow-bean-definition-overriding", "true",
                "logging.level.root", "WARN");
        new SpringApplicationBuilder(S3MockApplication.class, LoopbackS3.class)
                .bannerMode(Banner.Mode.OFF)
                .properties(properties)
                .run();
        System.out.println("UP");
    }

    /** Instead of S3Mock's own bean of this name. */
    @Bean
    BucketStore bucketStore(StoreProperties properties, File rootFolder, ObjectMapper mapper) {
        BucketStore buckets = new BucketsInMemory(rootFolder, properties.retainFilesOnExit(), DATES, mapper);
        properties
                .initialBuckets()
                .forEach(bucket -> buckets.createBucket(bucket, false, ObjectOwnership.BUCKET_OWNER_ENFORCED));
        return buckets;
    }

    /** Instead of S3Mock's own bean of this name. */
    @Bean
    ObjectStore objectStore(StoreProperties properties, ObjectMapper mapper) {
        return new ObjectsInMemory(properties.retainFilesOnExit(), DATES, mapper);
    }

    /** Instead of S3Mock's own bean of this name. */
    @Bean
    BucketService bucketService(BucketStore buckets, ObjectStore objects) {
        return new Listing((BucketsInMemory) buckets, objects);
    }

    /** S3Mock adds a second connector, which would listen on every interface: only the first one stays. */
    @Bean
    WebServerFactoryCustomizer<JettyServletWebServerFactory> firstConnectorOnly() {
        return factory -> factory.addServerCustomizers(
                server -> server.setConnectors(new Connector[] {server.getConnectors()[0]}));
    }
}
