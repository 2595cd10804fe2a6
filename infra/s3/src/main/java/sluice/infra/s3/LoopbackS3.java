package sluice.infra.s3;

import com.adobe.testing.s3mock.S3MockApplication;
import java.util.Map;
import org.eclipse.jetty.server.Connector;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.embedded.jetty.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * S3Mock on 127.0.0.1, plain HTTP.
 *
 * <p>Usage: {@code LoopbackS3 <folder> <port> <bucket,bucket...>}. Prints {@code UP} once it listens and the buckets
 * exist.
 */
@Configuration(proxyBeanMethods = false)
public class LoopbackS3 {

    public static void main(String[] arguments) {
        Map<String, Object> properties = Map.of(
                "server.address", "127.0.0.1",
                "server.port", arguments[1],
                "server.ssl.enabled", "false",
                "http.port", "0",
                "com.adobe.testing.s3mock.domain.root", arguments[0],
                "com.adobe.testing.s3mock.domain.initialBuckets", arguments[2],
                "spring.main.lazy-initialization", "false",
                "logging.level.root", "WARN");
        new SpringApplicationBuilder(S3MockApplication.class, LoopbackS3.class)
                .bannerMode(Banner.Mode.OFF)
                .properties(properties)
                .run();
        System.out.println("UP");
    }

    /** S3Mock adds a second connector, which would listen on every interface: only the first one stays. */
    @Bean
    WebServerFactoryCustomizer<JettyServletWebServerFactory> firstConnectorOnly() {
        return factory -> factory.addServerCustomizers(
                server -> server.setConnectors(new Connector[] {server.getConnectors()[0]}));
    }
}
