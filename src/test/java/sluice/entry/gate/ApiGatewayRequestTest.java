package sluice.entry.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ApiGatewayRequestTest {

    private static final JsonMapper LENIENT = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    @Test
    void theStageIsNoPartOfThePath() throws JsonProcessingException {
        assertThat(call("{\"jwt\":{\"claims\":{\"sub\":\"ci\"},\"scopes\":null}}")
                        .path())
                .isEqualTo("/v1/runs");
    }

    @Test
    void theCallerIsWhoeverApiGatewayHasAuthenticated() throws JsonProcessingException {
        assertThat(call("{\"jwt\":{\"claims\":{\"sub\":\"ci\"},\"scopes\":null}}")
                        .callerName())
                .isEqualTo("ci");
        assertThat(call("{\"iam\":{\"userArn\":\"arn:aws:iam::1:user/ci\",\"accessKey\":\"x\"}}")
                        .callerName())
                .isEqualTo("arn:aws:iam::1:user/ci");
        assertThat(call("null").callerName()).isEqualTo("anonymous");
    }

    @Test
    void aRouteTellsItsPlacesDecoded() {
        Route route = new Route("GET", "/v1/definitions/{datasource}/versions/{number}", Role.READ, request -> null);

        assertThat(route.match("/v1/definitions/a%20b+c/versions/1"))
                .contains(Map.of("datasource", "a b+c", "number", "1"));
        assertThat(route.match("/v1/definitions//versions/1")).isEmpty();
        assertThat(route.match("/v1/definitions/a/versions")).isEmpty();
    }

    private static ApiGatewayRequest call(String authorizer) throws JsonProcessingException {
        return LENIENT.readValue(
                """
                {"version": "2.0", "routeKey": "$default", "rawPath": "/prod/v1/runs", "rawQueryString": "",
                 "headers": {"host": "x"}, "isBase64Encoded": false,
                 "requestContext": {"accountId": "1", "requestId": "r", "stage": "prod", "timeEpoch": 1,
                  "http": {"method": "GET", "path": "/prod/v1/runs", "protocol": "HTTP/1.1", "sourceIp": "127.0.0.1"},
                  "authorizer": %s}}"""
                        .formatted(authorizer),
                ApiGatewayRequest.class);
    }
}
